import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from autograd_explorer.explaining.formulas import by_node_name
from autograd_explorer.explaining.rules import RULES, Rule, times

sizes = st.integers(1, 5)
seeds = st.integers(0, 2**31)


def tensor(generator, *shape, positive=False):
    values = torch.randn(shape, generator=generator, dtype=torch.float64)
    return (values.abs() + 0.1 if positive else values).requires_grad_()


def broadcast_pair(draw_shape, g, **kwargs):
    """Two tensors whose shapes broadcast: some sizes are 1, some dimensions are missing."""
    one = [size if keep else 1 for size, keep, _ in draw_shape]
    two = [size if keep else 1 for size, _, keep in draw_shape]
    return tensor(g, *one), tensor(g, *two[len(two) % 2 :], **kwargs)


# What a learner writes → the entries whose rules it exercises. g draws; a, b, c are sizes.
UNARY = {
    "neg": (torch.neg, "neg"),
    "exp": (torch.exp, "exp"),
    "sigmoid": (torch.sigmoid, "sigmoid"),
    "tanh": (torch.tanh, "tanh"),
    "relu": (torch.relu, "relu"),
    "abs": (torch.abs, "abs"),
    "square": (lambda t: t**2, "pow.Tensor_Scalar"),
    "cube": (lambda t: t**3, "pow.Tensor_Scalar"),
    "power 0": (lambda t: t**0, "pow.Tensor_Scalar"),
    "times a number": (lambda t: t * 3, "mul.Tensor"),
    "over a number": (lambda t: t / 3, "div.Tensor"),
    "plus a number": (lambda t: t + 3, "add.Tensor"),
    "number minus": (lambda t: 3 - t, "rsub.Scalar"),
    "number to the power": (lambda t: 2**t, "pow.Scalar"),
    "sum": (torch.sum, "sum"),
    "sum of dim": (lambda t: t.sum(0), "sum.dim_IntList"),
    "sum of last dim, kept": (lambda t: t.sum(-1, keepdim=True), "sum.dim_IntList"),
    "sum of two dims": (lambda t: t.sum((0, 2)), "sum.dim_IntList"),
    "mean": (torch.mean, "mean"),
    "mean of dim": (lambda t: t.mean(1), "mean.dim"),
    "max": (torch.max, "max"),
    "max of dim": (lambda t: t.max(dim=-1).values, "max.dim"),
    "max of dim, kept": (lambda t: t.max(dim=0, keepdim=True).values, "max.dim"),
    "softmax": (lambda t: t.softmax(-1), "_softmax"),
    "log_softmax": (lambda t: t.log_softmax(0), "_log_softmax"),
    "reshape": (lambda t: t.reshape(-1), "view"),
    "unsqueeze": (lambda t: t.unsqueeze(1), "unsqueeze"),
    "squeeze": (lambda t: t.squeeze(), "squeeze"),
    "squeeze of dim": (lambda t: t[:1].squeeze(0), "squeeze.dim"),
    "transpose": (lambda t: t.transpose(0, -1), "transpose.int"),
    "permute": (lambda t: t.permute(2, 0, 1), "permute"),
    "expand": (lambda t: t.unsqueeze(0).expand(4, *t.shape), "expand"),
    "clone": (torch.clone, "clone"),
    "select": (lambda t: t[0], "select.int"),
    "select last": (lambda t: t[..., -1], "select.int"),
    "slice": (lambda t: t[:, ::2], "slice.Tensor"),
    "index": (lambda t: t[torch.tensor([0, 0])], "index.Tensor"),
    "index two": (lambda t: t[torch.tensor([0, 0]), torch.tensor([0, 0])], "index.Tensor"),
}
BINARY = {
    "add": (torch.add, "add.Tensor"),
    "add with alpha": (lambda a, b: torch.add(a, b, alpha=2), "add.Tensor"),
    "sub": (torch.sub, "sub.Tensor"),
    "mul": (torch.mul, "mul.Tensor"),
    "div": (torch.div, "div.Tensor"),
    "pow": (lambda a, b: a.abs() ** b, "pow.Tensor_Tensor"),
}


def explained(output, g):
    """Trace with a random upstream gradient; the entries explained, each checked."""
    upstream = torch.randn(output.shape, generator=g, dtype=output.dtype)
    graph = ax.trace_backward(output, gradient=upstream)
    entries = set()
    for node in graph.nodes:
        explanation = ax.explain(graph, node.id)
        if explanation is None:
            continue
        entries.add(ax.formula(node.name).entry)
        carried = [e for e in graph.edges if e.source == node.id and e.gradient is not None]
        assert [equation.slot for equation in explanation.equations] == [e.slot for e in carried]
        for equation, edge in zip(explanation.equations, carried, strict=True):
            assert equation.sent is edge.gradient
            assert equation.result.shape == edge.gradient.shape
            # In float64, where cancelling summands leave more than enough digits.
            assert equation.relative_gap <= 1e-9, (node.name, equation)
            assert len(equation.operators) == len(equation.operands) - 1
    return entries


def test_every_rule_is_for_an_entry_of_derivatives_yaml():
    assert set(RULES) <= {formula.entry for formula in by_node_name().values()}


@pytest.mark.parametrize("name", UNARY)
@given(a=sizes, b=sizes, c=sizes, seed=seeds)
@settings(max_examples=12, deadline=None)
def test_unary_operations_are_explained_with_the_engines_numbers(name, a, b, c, seed):
    g = torch.Generator().manual_seed(seed)
    operation, entry = UNARY[name]

    assert entry in explained(operation(tensor(g, a, b, c)), g)


@pytest.mark.parametrize("name", ["log", "sqrt"])
@given(a=sizes, b=sizes, seed=seeds)
@settings(max_examples=12, deadline=None)
def test_operations_on_positive_numbers_are_explained(name, a, b, seed):
    g = torch.Generator().manual_seed(seed)

    assert name in explained(getattr(torch, name)(tensor(g, a, b, positive=True)), g)


@pytest.mark.parametrize("name", BINARY)
@given(
    shape=st.lists(st.tuples(sizes, st.booleans(), st.booleans()), min_size=1, max_size=3),
    seed=seeds,
)
@settings(max_examples=25, deadline=None)
def test_binary_operations_are_explained_under_broadcasting(name, shape, seed):
    g = torch.Generator().manual_seed(seed)
    operation, entry = BINARY[name]
    one, two = broadcast_pair(shape, g, positive=name == "div")

    assert entry in explained(operation(one, two), g)


@given(a=sizes, b=sizes, c=sizes, seed=seeds)
@settings(max_examples=25, deadline=None)
def test_products_of_matrices_and_vectors_are_explained(a, b, c, seed):
    g = torch.Generator().manual_seed(seed)
    left, right = tensor(g, a, b), tensor(g, b, c)

    assert "mm" in explained(left @ right, g)
    assert "mm" in explained(tensor(g, b) @ right, g)
    assert "mv" in explained(left @ tensor(g, b), g)
    assert "dot" in explained(tensor(g, b) @ tensor(g, b), g)
    assert "bmm" in explained(torch.bmm(tensor(g, 2, a, b), tensor(g, 2, b, c)), g)
    assert "t" in explained(left.t(), g)
    assert "addmm" in explained(torch.addmm(tensor(g, c), left, right, beta=2, alpha=3), g)
    assert "addmm" in explained(F.linear(left, tensor(g, c, b), tensor(g, c)), g)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@given(a=sizes, b=sizes, seed=seeds)
@settings(max_examples=20, deadline=None)
def test_losses_are_explained(reduction, a, b, seed):
    g = torch.Generator().manual_seed(seed)
    z, y = tensor(g, a, b), torch.rand(a, b, generator=g, dtype=torch.float64)
    weight = torch.rand(b, generator=g, dtype=torch.float64) + 0.1
    classes = torch.randint(0, b, (a,), generator=g)
    bce, mse, nll = "binary_cross_entropy_with_logits", "mse_loss", "nll_loss_forward"

    assert bce in explained(F.binary_cross_entropy_with_logits(z, y, reduction=reduction), g)
    weighed = F.binary_cross_entropy_with_logits(
        z, y, weight=weight, pos_weight=weight, reduction=reduction
    )
    assert bce in explained(weighed, g)
    y.requires_grad_()
    assert bce in explained(F.binary_cross_entropy_with_logits(z, y, reduction=reduction), g)
    weighed = F.binary_cross_entropy_with_logits(z, y, pos_weight=weight, reduction=reduction)
    assert bce in explained(weighed, g)
    assert mse in explained(F.mse_loss(z, tensor(g, a, b), reduction=reduction), g)
    assert {nll, "_log_softmax"} <= explained(F.cross_entropy(z, classes, reduction=reduction), g)
    assert nll in explained(F.cross_entropy(z, classes, weight=weight, reduction=reduction), g)
    assert nll in explained(F.cross_entropy(z[0], classes[0], reduction=reduction), g)


def test_a_target_that_is_ignored_gets_no_gradient():
    g = torch.Generator().manual_seed(0)
    z = tensor(g, 3, 2)

    loss = F.cross_entropy(z, torch.tensor([0, -100, 1]))

    assert "nll_loss_forward" in explained(loss, g)


def test_a_wrong_rule_would_be_seen(monkeypatch):
    wrong = Rule("σ(self)", times("result", lambda f: f.saved("result").values))
    monkeypatch.setitem(RULES, "sigmoid", wrong)
    g = torch.Generator().manual_seed(0)

    with pytest.raises(AssertionError):
        explained(torch.sigmoid(tensor(g, 3)), g)


def test_what_cannot_be_explained_is_not():
    w = torch.ones(2, requires_grad=True)
    graph = ax.trace_backward(torch.special.bessel_j0(w * 2).sum() + torch.erf(w).sum())
    unexplained = {n.name for n in graph.nodes if ax.explain(graph, n.id) is None}
    freed = ax.record_graph((w * w).sum())
    complex_graph = ax.trace_backward(
        (torch.ones(2, dtype=torch.cfloat, requires_grad=True) * 2).abs().sum()
    )

    assert {"ErfBackward0", "AccumulateGrad"} <= unexplained
    assert ax.explain(freed, 0) is None
    mul = next(n for n in complex_graph.nodes if n.name == "MulBackward0")
    assert ax.explain(complex_graph, mul.id) is None


@given(st.integers(1, 64), st.integers(1, 64), seeds, st.sampled_from(["ones", "ramp", "normal"]))
@settings(max_examples=40, deadline=None)
def test_every_operation_of_the_articles_program_is_explained(n_in, n_out, seed, x):
    graph = ax.run(ax.Problem(n_in, n_out, seed, x=x).source).graph

    for node in graph.nodes:
        if node.kind == "operation":
            for equation in ax.explain(graph, node.id).equations:
                assert equation.relative_gap <= 1e-5
                assert np.isfinite(equation.result).all()
