import pytest
import torch
import torch.nn.functional as F

import autograd_explorer as ax


def leaf(*shape):
    return torch.rand(*shape, requires_grad=True)


@pytest.mark.parametrize(
    "make, entry, inputs",
    [
        (lambda: torch.mm(leaf(2, 2), leaf(2, 2)), "mm", {"self", "mat2"}),
        (lambda: leaf(2) + leaf(2), "add.Tensor", {"self", "other"}),
        (lambda: leaf(2) * 2, "mul.Tensor", {"self", "other"}),
        (lambda: leaf(2).sigmoid(), "sigmoid", {"self"}),
        (lambda: leaf(2).sum(), "sum", {"self"}),
        (lambda: leaf(2, 2).sum(0), "sum.dim_IntList", {"self"}),
        (lambda: leaf(1, 2).squeeze(0), "squeeze.dim", {"self"}),
        (lambda: torch.matmul(leaf(2), leaf(2, 2)), "squeeze_.dim", {"self"}),
        (lambda: leaf(2) ** 2, "pow.Tensor_Scalar", {"self"}),
        (lambda: leaf(2).log_softmax(0), "_log_softmax", {"self"}),
        (lambda: F.linear(leaf(1, 2), leaf(2, 2), leaf(2)), "addmm", {"self", "mat1", "mat2"}),
        (
            lambda: F.binary_cross_entropy_with_logits(leaf(2), torch.ones(2)),
            "binary_cross_entropy_with_logits",
            {"self", "target"},
        ),
    ],
)
def test_a_nodes_formula_is_its_own_entry_in_derivatives_yaml(make, entry, inputs):
    formula = ax.formula(make().grad_fn.name())

    assert formula.entry == entry
    assert formula.signature.startswith(f"{entry}(")
    assert set(formula.derivatives) == inputs
    assert all("grad" in text for text in formula.derivatives.values())


@pytest.mark.parametrize("name", ["AccumulateGrad", "SquareBackward", "", "MmBackward9"])
def test_a_node_without_an_entry_has_no_formula(name):
    assert ax.formula(name) is None


def test_every_node_of_the_articles_program_that_is_an_operation_has_a_formula():
    graph = ax.run(ax.Problem().source).graph

    assert all(ax.formula(node.name) for node in graph.nodes if node.kind == "operation")
