"""PyTorch's own operator samples: whatever plain backward can do, trace_backward shows rightly."""

import warnings
from collections import Counter

import numpy as np
import pytest
import torch
from torch.utils._pytree import tree_flatten

import autograd_explorer as ax
from autograd_explorer.recording.snapshot import array_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # torch's testing modules import deprecated ones
    from torch.testing._internal.common_methods_invocations import op_db

OPERATORS = [
    op for op in op_db if op.supports_autograd and torch.float64 in op.supported_dtypes("cpu")
]
# Outputs on which plain backward itself fails: a gradient of ones depends on the phase of the
# eigenvectors, which PyTorch refuses to differentiate.
PLAIN_BACKWARD_FAILS = {"linalg.eig": 3}
LEAST_OUTPUTS = 15_000  # 15,409 with torch 2.13.0
EVERY = 5  # of the operators in the quick run; all of them run with the soak tests

# derivatives.yaml has no entry of their own for these.
WITHOUT_FORMULA = {
    # generated from the entry of the view they copy
    "AliasBackward0_copy", "AsStridedBackward0_copy", "DiagonalBackward0_copy",
    "ExpandBackward0_copy", "PermuteBackward0_copy", "SplitWithSizesBackward0_copy",
    "SqueezeBackward0_copy", "SqueezeBackward1_copy", "TBackward0_copy",
    "TransposeBackward0_copy", "UnbindBackward0_copy", "UnfoldBackward0_copy",
    "UnsqueezeBackward0_copy", "ViewBackward0_copy",
    # written by hand in C++
    "CopyBackwards", "CopySlices",
    # custom operators registered from Python
    "GeneratedBackwardFor_torch_nn__linear_cross_entropy_batch_chunked_defaultBackward",
    "GeneratedBackwardFor_torch_nn__linear_cross_entropy_batch_chunked_no_reduction_defaultBackward",
}  # fmt: skip


def tensors_in(tree):
    return [leaf for leaf in tree_flatten(tree)[0] if isinstance(leaf, torch.Tensor)]


def close(one, two):
    """Equal but for rounding in the less precise of the two types."""
    precise = min(np.finfo(one.dtype).precision, np.finfo(two.dtype).precision)
    return np.allclose(
        one, two, rtol=10.0 ** (3 - precise), atol=10.0 ** (1 - precise), equal_nan=True
    )


def gradients_of(leaves):
    return [None if leaf.grad is None else array_of(leaf.grad) for leaf in leaves]


def forget_gradients(leaves):
    for leaf in leaves:
        leaf.grad = None


def check(output, leaves):
    """Trace one output and compare with plain backward; the root's name."""
    gradient = torch.ones_like(output) if output.layout is torch.strided else output.detach()
    forget_gradients(leaves)
    output.backward(gradient, retain_graph=True)
    plain = gradients_of(leaves)
    forget_gradients(leaves)

    names = {str(i): leaf for i, leaf in enumerate(leaves)}
    graph = ax.trace_backward(output, gradient=gradient, names=names, retain_graph=True)

    arriving = {}
    for edge in graph.edges:
        if edge.gradient is not None:
            arriving.setdefault((edge.target, edge.input_nr), []).append(edge.gradient)
    for node in graph.nodes[1:]:
        for number, upstream in enumerate(node.upstream):
            sent = arriving.get((node.id, number))
            assert (sent is None) == (upstream is None), node
            assert sent is None or close(sum(sent), upstream), node
    reached = {
        name: node.upstream[0]
        for node in graph.nodes
        if node.kind == "leaf" and node.tensor
        for name in node.tensor.split(", ")
    }
    for name, before, after in zip(names, plain, gradients_of(leaves), strict=True):
        assert (before is None) == (after is None)
        assert before is None or close(before, after)
        assert after is None or close(reached[name], after)
    return graph.nodes[0].name


@pytest.fixture(scope="module", params=[EVERY, pytest.param(1, marks=pytest.mark.soak)])
def results(request):
    """The share of the operators that was tried; outputs traced, those on which plain backward fails, and the names of the roots."""
    outputs, plain_fails, roots = 0, Counter(), set()
    with warnings.catch_warnings(), torch.random.fork_rng():
        warnings.simplefilter("ignore")  # operators warn of what they deprecate
        torch.manual_seed(0)
        for op in OPERATORS[:: request.param]:
            for sample in op.sample_inputs("cpu", torch.float64, requires_grad=True):
                inputs = (sample.input, sample.args, sample.kwargs)
                leaves = [t for t in tensors_in(inputs) if t.requires_grad and t.is_leaf]
                made = op(sample.input, *sample.args, **sample.kwargs)
                for output in tensors_in(made):
                    if output.grad_fn is None:
                        continue
                    try:
                        roots.add(check(output, leaves))
                        outputs += 1
                    except RuntimeError as error:
                        if "specified up to multiplication by e^{i phi}" not in str(error):
                            raise AssertionError(f"{op.name}: {error}") from error
                        plain_fails[op.name] += 1
                    except AssertionError as error:
                        raise AssertionError(op.name) from error
    return request.param, outputs, plain_fails, roots


def test_every_output_that_plain_backward_manages_is_traced_rightly(results):
    every, outputs, plain_fails, _ = results

    assert outputs >= LEAST_OUTPUTS / every / 2
    assert every > 1 or (outputs >= LEAST_OUTPUTS and plain_fails == PLAIN_BACKWARD_FAILS)
    assert plain_fails <= Counter(PLAIN_BACKWARD_FAILS)


def test_every_root_has_a_formula_or_is_known_to_have_none(results):
    every, _, _, roots = results
    without = {name for name in roots if ax.formula(name) is None}

    assert len(roots) >= 300 / every
    assert without <= WITHOUT_FORMULA
    assert every > 1 or without == WITHOUT_FORMULA
