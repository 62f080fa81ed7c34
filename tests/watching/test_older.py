"""What watch() does where PyTorch does not tell which saved tensors come back through a hook."""

import pytest
import torch
from torch.utils.checkpoint import checkpoint

import autograd_explorer as ax
from autograd_explorer.watching import watch as watching


@pytest.fixture
def older(monkeypatch):
    monkeypatch.setattr(watching, "TELLS_HOOKS", False)


def test_no_hook_is_called_to_look_at_what_was_saved(older):
    x = torch.ones(3, requires_grad=True)
    packed, unpacked = [], []
    with ax.watch() as seen:
        with torch.autograd.graph.saved_tensors_hooks(
            lambda t: packed.append(1) or t, lambda t: unpacked.append(1) or t
        ):
            loss = x.exp().sum()
        loss.backward()

    assert len(packed) == len(unpacked) == 1
    assert not any(saved.values is not None for node in seen.graph.nodes for saved in node.saved)
    assert torch.equal(torch.from_numpy(seen.graph.nodes[-1].upstream[0].copy()), x.grad)


def test_a_checkpoint_computes_no_more_often(older):
    calls = []
    x = torch.ones(3, requires_grad=True)
    with ax.watch() as seen:
        checkpoint(lambda t: calls.append(1) or t.exp(), x, use_reentrant=False).sum().backward()

    assert len(calls) == 2 and seen.passes == 1


def test_without_hooks_what_was_saved_is_told(older):
    before = torch.autograd.graph.saved_tensors_hooks.__enter__
    x = torch.ones(3, requires_grad=True)
    with ax.watch() as seen:
        x.exp().sum().backward()

    assert any(saved.values is not None for node in seen.graph.nodes for saved in node.saved)
    assert torch.autograd.graph.saved_tensors_hooks.__enter__ is before
