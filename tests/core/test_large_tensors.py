"""Tensors of which a run keeps a sample: the program's own numbers do not change, and all that is
told of their elements holds for the whole tensor."""

import contextlib
import io

import numpy as np
import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.records import Sample, shape_of
from components.program_view import summary

SOURCE = """
import torch
torch.manual_seed(0)
w = torch.randn(1200, 1000, requires_grad=True)
x = torch.randn(1000)
row = torch.zeros(1_100_000)
row[5] = float("nan")
h = torch.relu(w @ x)
loss = (w * w).sum() + h.sum()
loss.backward()
print(loss, w.grad.norm(), w.grad.abs().max())
"""


@pytest.fixture(scope="module")
def run():
    return ax.run(SOURCE)


@pytest.fixture(scope="module")
def plain():
    """What plain Python prints, and its variables."""
    names, out = {}, io.StringIO()
    state = torch.get_rng_state()
    with contextlib.redirect_stdout(out):
        exec(SOURCE, names)  # noqa: S102  our own text
    torch.set_rng_state(state)
    return out.getvalue(), names


def test_the_program_runs_as_in_plain_python(run, plain):
    assert run.error is None
    assert run.printed == plain[0]


def test_a_large_tensor_is_kept_as_a_sample_that_tells_of_all_of_it(run, plain):
    view, w = run.tensor("w"), plain[1]["w"]

    assert (view.shape, shape_of(view.values), view.requires_grad) == (
        (1200, 1000),
        (1200, 1000),
        True,
    )
    for kept, tensor in ((view.values, w.detach()), (view.grad, w.grad)):
        assert isinstance(kept, Sample)
        assert kept.summary.norm == pytest.approx(tensor.norm().item(), rel=1e-5)
        assert (kept.min(), kept.max()) == (tensor.min().item(), tensor.max().item())
        assert kept.summary.zeros == float((tensor == 0).float().mean())
    assert isinstance(run.tensor("x").values, np.ndarray) and run.tensor("x").values.size == 1000
    assert ax.nonfinite(run.tensor("row").values) == "nan"


def test_the_graph_is_whole_and_its_gradients_are_samples(run):
    expected = "SumBackward0 MulBackward0 ReluBackward0 MvBackward0 AccumulateGrad AddBackward0"
    (graph,) = run.backwards
    (leaf,) = [node for node in graph.nodes if node.kind == "leaf"]

    assert {node.name for node in graph.nodes} == set(expected.split())
    assert shape_of(leaf.upstream[0]) == (1200, 1000)
    assert ax.diagnose(run)


def test_what_is_kept_takes_little_room():
    # Whole, ten of these would not fit in what a run may keep.
    lines = "".join(f"x{i} = torch.ones(2_000_000) * {i}\n" for i in range(24))
    run = ax.run(f"import torch\n{lines}y = sum([x1, x2])\n", ax.Limits(kept_bytes=1_000_000))

    assert run.error is None
    assert run.tensor("x3").values.summary.norm == pytest.approx(3 * 2_000_000**0.5)


def test_a_page_shows_no_row_of_a_sample(run):
    assert summary(run.tensor("row")) == "(1100000,)"
    assert summary(run.tensor("x")).startswith("(1000,)  [")
