"""The timeline tells what ran, in the order in which it ran, and of a graph each thing once."""

from pathlib import Path

import pytest

import autograd_explorer as ax

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = [
    *sorted((ROOT / "tests" / "programs").glob("*.py"))[::3],
    *sorted((ROOT / "pages" / "play" / "examples").glob("*.py")),
]
LOOP = """
import torch
w = torch.ones(2, requires_grad=True)
h = w
for _ in range(3):
    h = h * w
loss = h.sum()
loss.backward()
print(w.grad)
"""


def program_of(path):
    return path.read_text(encoding="utf-8")


def graphs_of(run):
    """Every graph of a run that can be shown, each once."""
    graphs = [*run.backwards, *([run.graph] if run.graph else [])]
    return list({id(graph): graph for graph in graphs}.values())


def row(moments):
    return [(moment.kind, moment.line, moment.turn) for moment in moments]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_a_timeline_tells_what_ran_in_its_order(path):
    run = ax.run(program_of(path))
    for graph in graphs_of(run):
        line = ax.timeline(run, graph, most=10**6)

        assert line.graph is graph
        assert line.of == len(line.moments)
        lines = [moment for moment in line.moments if moment.kind == "line"]
        assert [moment.statement for moment in lines] == [*range(len(run.statements))]
        assert [(m.line, m.turn) for m in lines] == [(s.line, s.turn) for s in run.statements]
        passes = {moment.backward for moment in line.moments} - {None}
        if graph.order:
            assert any(run.backwards[number] is graph for number in passes)
        for number in passes:
            told = [m for m in line.moments if m.kind == "node" and m.backward == number]
            steps = ax.backward_steps(run.backwards[number])
            assert [moment.fired for moment in told] == [(step.node,) for step in steps]
            assert [moment.sends for moment in told] == [step.leaving for step in steps]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
@pytest.mark.parametrize("most", [7, 400])
def test_each_node_is_drawn_once_after_its_inputs_and_before_it_fires(path, most):
    run = ax.run(program_of(path))
    for graph in graphs_of(run):
        line = ax.timeline(run, graph, most)

        assert len(line.moments) == min(most, line.of)
        assert sum(moment.skipped for moment in line.moments) == line.of - len(line.moments)
        drawn = {}
        for at, moment in enumerate(line.moments):
            assert set(moment.fired) <= drawn.keys() | set(moment.draws)
            for node in moment.draws:
                assert node not in drawn
                drawn[node] = at
        assert drawn.keys() == {node.id for node in graph.nodes}
        for edge in graph.edges:
            assert edge.target is None or drawn[edge.target] <= drawn[edge.source]


def test_an_edge_carries_once_in_each_pass_and_a_node_waits_for_all_of_its_edges():
    run = ax.run(LOOP)
    line = ax.timeline(run)

    sent = [edge for moment in line.moments for edge in moment.sends]
    carrying = [edge for edge in run.graph.edges if edge.gradient is not None]
    assert sorted(map(id, sent)) == sorted(map(id, carrying))
    leaf = next(node.id for node in run.graph.nodes if node.kind == "leaf")
    told = [one for moment in line.moments for one in moment.arrivals if one.node == leaf]
    assert [(one.arrived, one.of) for one in told] == [(1, 4), (2, 4), (4, 4)]  # w * w has two
    fires = next(i for i, moment in enumerate(line.moments) if leaf in moment.fired)
    assert all(not moment.arrivals for moment in line.moments[fires:])
    assert line.moments[fires].fills == ("w",)


def test_the_turns_of_a_loop_are_moments_and_each_draws_its_own_node():
    line = ax.timeline(ax.run(LOOP))

    drawing = [(m.line, m.turn, len(m.draws)) for m in line.moments if m.draws]
    assert drawing == [(3, 1, 1), (6, 1, 1), (6, 2, 1), (6, 3, 1), (7, 1, 1)]
    assert row(line.moments)[-1] == ("line", 9, 1)


def test_an_earlier_pass_knows_its_own_statements_too():
    """The last graph alone is not enough: of a training loop any pass can be shown."""
    run = ax.run(LOOP.replace("loss.backward()", "loss.backward()\n(w * 2).sum().backward()"))
    first, last = run.backwards

    shown = ax.timeline(run, first)

    assert [m.line for m in shown.moments if m.draws] == [3, 6, 6, 6, 7]
    assert {m.backward for m in shown.moments} == {None, 0}
    for node, at in enumerate(last.recorded):
        assert node in run.statements[at].nodes


def test_a_graph_that_is_run_through_twice_fires_twice_and_is_drawn_once():
    source = LOOP.replace("loss.backward()", "loss.backward(retain_graph=True)\nloss.backward()")
    run = ax.run(source)
    line = ax.timeline(run, run.backwards[0])

    fired = [(m.line, node) for m in line.moments for node in m.fired]
    once = run.graph.order
    assert fired == [(8, node) for node in once] + [(9, node) for node in once]
    assert [m.fills for m in line.moments if m.fills] == [("w",)]


def test_a_backward_inside_a_function_is_told_on_its_own_line():
    source = """
import torch
w = torch.ones(2, requires_grad=True)
def train():
    loss = (w * w).sum()
    loss.backward()
    return loss
train()
"""
    line = ax.timeline(ax.run(source))

    assert {m.line for m in line.moments if m.kind == "node"} == {6}
    assert [m.backward for m in line.moments if m.line == 8] == [None]


def test_an_error_is_the_last_moment():
    run = ax.run("import torch\nw = torch.ones(2, requires_grad=True)\n(w * 2).backward()\nw = 1\n")

    assert row(ax.timeline(run).moments) == [
        ("line", 1, 1),
        ("line", 2, 1),
        ("line", 3, 1),
        ("error", 3, 1),
    ]
    assert row(ax.timeline(ax.run("x = (")).moments) == [("error", 1, 1)]


def test_a_long_run_is_thinned_evenly_and_keeps_what_the_graph_needs():
    source = LOOP + "for i in range(90):\n    i\n" * 6
    full = ax.timeline(ax.run(source), most=10**6)
    thin = ax.timeline(ax.run(source), most=40)

    assert len(thin.moments) == 40 < thin.of == full.of
    assert row(m for m in thin.moments if m.kind == "node") == row(
        m for m in full.moments if m.kind == "node"
    )
    assert thin.moments[-1].statement == full.moments[-1].statement
    gaps = [moment.skipped for moment in thin.moments[-15:-1]]
    assert max(gaps) - min(gaps) <= 2
