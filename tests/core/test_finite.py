import numpy as np
import pytest
import torch

import autograd_explorer as ax

INF = float("inf")


def marks(graph):
    """(node's name, kind, starts) of the nodes that are not finite, root first."""
    found = ax.nonfinite_nodes(graph.nodes, graph.edges)
    return [(graph.nodes[i].name, *found[i]) for i in sorted(found)]


@pytest.mark.parametrize(
    "values, kind",
    [
        ([1.0, INF], "inf"),
        ([-INF], "inf"),
        ([INF, np.nan], "nan"),
        ([complex(0, INF)], "inf"),
        ([1e308, 5e-324], ""),
        ([], ""),
        ([2**63 - 1], ""),
        ([True], ""),
    ],
)
def test_the_worst_number_says_of_which_kind_an_array_is(values, kind):
    assert ax.nonfinite(np.array(values)) == kind


def test_nothing_is_finite():
    assert ax.nonfinite(None) == ""


def test_a_root_of_zero_is_where_infinity_starts():
    x = torch.tensor([0.0, 4.0], requires_grad=True)

    assert marks(ax.trace_backward(x.sqrt().sum())) == [
        ("SqrtBackward0", "", "inf"),
        ("AccumulateGrad", "inf", ""),
    ]


def test_infinity_that_becomes_nan_starts_twice():
    x = torch.tensor([0.0], requires_grad=True)
    graph = ax.trace_backward(((x * 0) ** 0.5).sum())

    assert marks(graph) == [
        ("PowBackward0", "", "inf"),
        ("MulBackward0", "inf", "nan"),
        ("AccumulateGrad", "nan", ""),
    ]


def test_two_finite_edges_whose_sum_is_too_large_start_it_where_they_meet():
    x = torch.tensor([1.0], requires_grad=True)
    y = x * 1
    graph = ax.trace_backward((y * 3e38 + y * 3e38).sum())

    assert ("MulBackward0", "inf", "inf") in marks(graph)


def test_what_backward_is_given_starts_at_the_root():
    x = torch.tensor([1.0], requires_grad=True)
    graph = ax.trace_backward(x * 2, gradient=torch.tensor([float("nan")]))

    assert marks(graph) == [("MulBackward0", "nan", "nan"), ("AccumulateGrad", "nan", "")]


def test_a_few_nodes_are_marked_as_they_are_among_all():
    run = ax.run(
        "import torch\nx = torch.tensor([0.0], requires_grad=True)\n"
        "torch.autograd.grad(x.sqrt().sum(), x)\n"
    )
    (graph,) = run.backwards
    every = ax.nonfinite_nodes(graph.nodes, graph.edges)

    for node in graph.nodes:
        alone = ax.nonfinite_nodes([node], graph.edges)
        assert alone.get(node.id) == every.get(node.id)
    assert every[2].kind == "inf"  # what is handed back has reached the leaf


@pytest.mark.parametrize("bad", [np.nan, INF, None])
@pytest.mark.parametrize("size", [1, 1000])
def test_all_arrays_are_looked_at_small_and_large(bad, size):
    arrays = [np.zeros(3), None, np.zeros(0), np.array(1), np.array([1j]), np.zeros(size, "f4")]
    if bad is not None:
        arrays[-1][-1] = bad

    assert ax.all_finite(arrays) == (bad is None)


def test_an_empty_tensor_can_still_become_the_result_of_an_operation():
    source = "x = torch.empty(0)\ntorch.add(torch.ones(2), 1, out=x)\nprint(x)"
    run = ax.run(f"import torch\n{source}")

    assert run.error is None and run.printed == "tensor([2., 2.])\n"
