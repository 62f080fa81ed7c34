"""Every hostile program ends in time with a failure of our own, and gives its memory back."""

import gc
import time
import warnings
from pathlib import Path

import pytest
import torch
import torch._dynamo  # what the first module or optimizer would import

import autograd_explorer as ax
from autograd_explorer.process import freeze_heap, give_back
from tests.core.hostile import BOMBS, ESCAPES

SECONDS = ax.DEFAULT.seconds + 0.5
MEGABYTES = 50


def resident():
    """Megabytes of memory that this process holds, or None where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 2**20 if statm.exists() else None


@pytest.fixture(scope="module")
def frozen():
    """A frozen heap, as in boot.py: collecting is then a matter of milliseconds."""
    freeze_heap()
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def warm(frozen):
    """What PyTorch loads at the first use of this and that is no program's doing."""
    ax.run("import torch\nkept = []\nwhile True:\n    kept.append(torch.ones(1000, 900) + 1)")
    ax.run("import torch\ntorch.nn.Linear(1, 10**6)(torch.ones(10**6, 1))")
    give_back()


def test_there_are_enough_of_them_and_none_twice():
    assert len(set(ESCAPES)) == len(ESCAPES) and len(set(BOMBS)) == len(BOMBS)
    assert len(ESCAPES) + len(BOMBS) >= 150


def judge(source):
    filters, state = list(warnings.filters), torch.random.get_rng_state()
    start = time.monotonic()

    run = ax.run(source)

    assert time.monotonic() - start < SECONDS
    assert run.error is not None
    assert run.error.kind in ("refused", "limit", "syntax"), run.error
    assert run.error.message.encode()
    assert 1 <= run.error.line <= source.count("\n") + 1
    assert warnings.filters == filters
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.get_default_dtype() == torch.float32
    assert torch.is_grad_enabled() and not torch.is_anomaly_enabled()


@pytest.mark.parametrize("source", ESCAPES)
def test_an_escape_is_refused(source):
    judge(source)


@pytest.mark.alone
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("source", BOMBS, ids=[source[:50] for source in BOMBS])
def test_a_bomb_ends_in_time_and_gives_its_memory_back(source, warm):
    before = resident()

    judge(source)

    if before is not None and resident() - before > MEGABYTES:
        give_back()  # what other tests of this process left to the collector
        assert resident() - before <= MEGABYTES


def test_pytorch_is_as_it_was_after_all_of_them():
    assert torch.nn.functional.relu(torch.tensor(-1.0)) == 0
    assert torch.Tensor.backward.__module__ == "torch._tensor"
    assert not hasattr(torch.Tensor, "x")
    assert isinstance(torch.nn.Linear, type)
