"""The tracer against the fifty lines that show the idea: two ways, one backward pass."""

from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings

import autograd_explorer as ax
from autograd_explorer.recording.minimal import watch_backward
from tests.core.test_trace import expressions


def arrays(tensors):
    return tuple(None if tensor is None else tensor.detach().numpy() for tensor in tensors)


def agree(one, other):
    return len(one) == len(other) and all(
        (a is None) == (b is None) and (a is None or np.array_equal(a, b, equal_nan=True))
        for a, b in zip(one, other, strict=True)
    )


def held_against_the_idea(output):
    traced = ax.trace_backward(output, retain_graph=True)
    passed = watch_backward(output)

    fired = [traced.nodes[i] for i in traced.order]
    assert [node.name for node in fired] == [p.name.rpartition("::")[2] for p in passed]
    sent = {node.id: [] for node in traced.nodes}
    for edge in traced.edges:
        sent[edge.source].append(edge.gradient)
    for node, told in zip(fired, passed, strict=True):
        assert agree(node.upstream, arrays(told.received))
        if told.sent:
            assert agree(sent[node.id], arrays(told.sent))
    return Counter(node.name for node in fired)


@settings(max_examples=60, deadline=None)
@given(expressions())
def test_a_random_expression_is_traced_as_the_idea_has_it(expression):
    _, output = expression
    if output.grad_fn is not None:
        held_against_the_idea(output)


def test_a_network_with_shared_weights_is_traced_as_the_idea_has_it():
    torch.manual_seed(0)
    layer = torch.nn.Linear(4, 4)
    h = torch.randn(2, 4)
    for _ in range(3):
        h = torch.tanh(layer(h)) + h

    names = held_against_the_idea(h.pow(2).mean())
    assert names["AddmmBackward0"] == 3 and names["AccumulateGrad"] == 2


def test_the_idea_fits_on_a_screen():
    import inspect

    from autograd_explorer.recording import minimal

    assert len(inspect.getsource(minimal).splitlines()) <= 50


def test_what_pytorch_raises_is_raised():
    with pytest.raises(RuntimeError, match="scalar"):
        watch_backward(torch.ones(2, requires_grad=True) * 2)
