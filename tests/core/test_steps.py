import torch
from hypothesis import given, settings

import autograd_explorer as ax
from tests.core.test_trace import expressions


@given(expressions())
@settings(max_examples=80, deadline=None)
def test_the_last_partial_sum_of_a_node_is_its_upstream_gradient(example):
    graph = ax.trace_backward(example[1])

    steps = ax.backward_steps(graph)

    assert [step.node for step in steps] == list(graph.order)
    last = {(part.node, part.input_nr): part for step in steps for part in step.sums}
    for part in last.values():
        upstream = graph.nodes[part.node].upstream[part.input_nr]
        assert part.arrived == part.of >= 2
        assert torch.allclose(torch.tensor(part.total), torch.tensor(upstream))


def test_a_node_fires_only_after_all_its_edges_have_carried():
    w = torch.ones(2, requires_grad=True)
    z = w * w
    graph = ax.trace_backward((z * 3 + z).sum())

    arrived = {}
    for step in ax.backward_steps(graph):
        expected = sum(edge.target == step.node for edge in graph.edges)
        assert arrived.get(step.node, 0) == expected
        for edge in step.leaving:
            arrived[edge.target] = arrived.get(edge.target, 0) + 1


def test_a_leafs_step_says_what_is_added_to_its_grad():
    run = ax.run(ax.Problem().source)

    fills = [step.fills for step in ax.backward_steps(run.graph) if step.fills is not None]

    assert [filled.shape for filled in fills] == [(3,), (5, 3)]
    assert (fills[1] == run.variables["w"].grad).all()
