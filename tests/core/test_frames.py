"""Results as pandas DataFrames: what stands in them is what the records say."""

import subprocess
import sys

import numpy as np
import pytest
import torch

import autograd_explorer as ax

SOURCE = ax.Problem().source


@pytest.fixture(scope="module")
def run():
    return ax.run(SOURCE)


def test_a_graphs_nodes_are_a_table_with_typed_columns(run):
    (graph,) = run.backwards
    frame = graph.nodes_frame()

    assert frame["name"].tolist() == [node.name for node in graph.nodes]
    assert frame["shapes"].tolist() == [node.shapes for node in graph.nodes]
    assert frame["fired"].tolist() == [graph.order.index(n.id) + 1 for n in graph.nodes]
    assert frame.dtypes.astype(str).to_dict() == {
        "name": "string", "kind": "string", "tensor": "string", "line": "Int64",
        "shapes": "object", "fired": "Int64", "norm": "float64", "zeros": "float64",
        "nonfinite": "float64", "saved_bytes": "Int64", "module": "string", "file": "string",
    }  # fmt: skip
    leaf = frame[frame["tensor"] == "w"].iloc[0]
    assert leaf["norm"] == pytest.approx(np.linalg.norm(run.tensor("w").grad))


def test_a_graphs_edges_are_a_table(run):
    (graph,) = run.backwards
    frame = graph.edges_frame()

    assert len(frame) == len(graph.edges)
    for edge, (_, row) in zip(graph.edges, frame.iterrows(), strict=True):
        if edge.gradient is not None:
            assert row["shape"] == edge.gradient.shape
            assert row["norm"] == pytest.approx(np.linalg.norm(edge.gradient))
    assert frame["target"].isna().sum() == sum(edge.target is None for edge in graph.edges)


def test_a_runs_tensors_are_a_table_by_name(run):
    frame = run.tensors_frame()

    assert frame.loc["w", "shape"] == (5, 3)
    assert frame.loc["w", "grad_norm"] == pytest.approx(np.linalg.norm(run.tensor("w").grad))
    assert np.isnan(frame.loc["x", "grad_norm"])
    assert frame.loc["y", "zeros"] == 1
    assert frame.loc["loss", "grad_fn"] == run.tensor("loss").grad_fn
    assert SOURCE.split("\n")[frame.loc["w", "line"] - 1].startswith("w = ")


def test_no_kind_of_number_breaks_a_frame():
    run = ax.run(
        "import torch\n"
        "a = torch.tensor([float('nan'), float('inf'), 0.0, 3.0, 4.0], requires_grad=True)\n"
        "huge = torch.tensor([1e300, 1e300], dtype=torch.float64)\n"
        "empty, whole, flags = torch.zeros(0, 3), torch.arange(3), torch.tensor([True, False])\n"
        "(a * 2).sum().backward()\n"
    )
    frame = run.tensors_frame()

    assert run.error is None
    assert frame.loc["a", "nonfinite"] == pytest.approx(0.4)
    assert frame.loc["a", "norm"] == 5
    assert frame.loc["huge", "norm"] == pytest.approx(1e300 * 2**0.5)
    assert np.isnan(frame.loc["empty", "norm"])


def test_a_complex_gradient_has_a_norm():
    z = torch.tensor([3.0 + 4.0j], requires_grad=True)
    graph = ax.trace_backward((z * 1).abs().sum())

    norms = graph.edges_frame()["norm"]
    assert norms.min() == pytest.approx(1)


def test_a_result_says_in_a_line_what_it_is(run):
    assert repr(run).startswith("Run(19 lines")
    assert repr(run.graph).startswith("BackwardGraph(root BinaryCrossEntropyWithLogitsBackward0")
    explanation = ax.explain(run.graph, 0)
    assert repr(explanation).startswith(f"Explanation({explanation.forward}; grad of self: ")
    assert all(len(repr(thing)) < 160 for thing in (run, run.graph, explanation))


def test_pandas_is_imported_for_the_first_frame_and_not_before():
    code = (
        "import sys, torch, autograd_explorer as ax\n"
        "w = torch.ones(2, requires_grad=True)\n"
        "graph = ax.trace_backward((w * 2).sum())\n"
        "assert 'pandas' not in sys.modules\n"
        "assert len(graph.nodes_frame()) == 3\n"
        "assert 'pandas' in sys.modules and 'streamlit' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def test_a_tensor_of_another_program_can_be_traced_into_a_frame():
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    graph = ax.trace_backward(model(torch.randn(2, 3)).mean())

    assert (graph.nodes_frame()["kind"] == "leaf").sum() == 4
