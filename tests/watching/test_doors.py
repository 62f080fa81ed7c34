"""Ten real scripts, and three doors: watch(), the command, and --trust. Behind each, what lines
assigned, the graph and every gradient on it are those of plain PyTorch, bit for bit."""

import sys

import numpy as np
import pytest

import autograd_explorer as ax
from autograd_explorer import __main__ as command
from autograd_explorer.records import PlainView, TensorView
from autograd_explorer.watching.seen import Seen
from components.trusted import trusted
from tests.harness.trusting import command_line
from tests.pages.reading import payloads
from tests.pages.test_playground import opened
from tests.watching.plain import bits, run_plain
from tests.watching.running import SCRIPTS, watched

pytestmark = pytest.mark.filterwarnings("default")
_ALL = 10**6  # elements up to which watch() is asked to keep tensors whole


def by_watch(path, monkeypatch):
    seen, _ = watched(path, whole=_ALL)
    return seen


def by_command(path, monkeypatch):
    """As `python -m autograd_explorer --save seen.html script.py` has it when it is to be saved."""
    saved = []
    monkeypatch.setattr(Seen, "save", lambda seen, path: saved.append(seen))
    monkeypatch.setattr(sys, "argv", ["-m", "--save", "seen.html", str(path)])
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    command.main()
    (seen,) = saved
    return seen


def by_trust(path, monkeypatch):
    """As the Playground's page shows it, which has a process run it."""
    with command_line() as name:
        name(path)
        app = opened()
        execution = trusted().latest()
    assert not app.exception
    assert payloads(app)["program_view"][0]["source"] == path.read_text(encoding="utf-8")
    assert payloads(app)["graph_view"][0]["boxes"]
    assert execution.over.is_set() and execution.watched.run.error is None
    return execution.watched


DOORS = {"watch": by_watch, "command": by_command, "trust": by_trust}


@pytest.fixture(scope="module")
def plain():
    """plain(script) → what plain PyTorch does; each script runs once, whatever its doors."""
    known = {}
    return lambda path: known.get(path) or known.setdefault(path, run_plain(path))


def passes_of(seen):
    """The kept passes by their number."""
    if isinstance(seen, ax.Watched):
        return dict(zip(seen.numbers, seen.run.backwards, strict=True))
    return dict(seen.graphs)


def bits_of(array):
    return array.shape, array.dtype.str, array.tobytes()


def is_same(array, value):
    """Whether an array has the bits of a tensor; a sample of one, those in its places and at its
    ends."""
    if array is None or value is None:
        return array is value
    summary = getattr(array, "summary", None)
    if summary is None:
        return bits_of(array) == value
    shape, kind, content = value
    whole = np.frombuffer(content, kind)
    places = np.linspace(0, whole.size - 1, array.size - 2).astype(int)
    sample = [*whole[places], whole.min(), whole.max()]
    return summary.shape == shape and array.tobytes() == np.array(sample, kind).tobytes()


@pytest.mark.thinned
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_behind_each_door_a_script_is_what_it_is_in_plain_pytorch(path, door, plain, monkeypatch):
    expected = plain(path)
    seen = DOORS[door](path, monkeypatch)
    kept = passes_of(seen)

    assert seen.passes == len(expected.passes) >= 5
    assert set(kept) == {*range(5), seen.passes - 1}
    for number, graph in kept.items():
        expect_pass(graph, expected.passes[number], expected)
    if door == "trust":
        expect_lines(seen.run, expected)
        expect_owners(seen.run)
    else:
        assert seen.number == seen.passes - 1
        losses = [loss for s in seen.run.statements for loss in s.assigned.values()]
        assert [bits_of(loss.values) for loss in losses] == [p.loss for p in expected.passes[:5]]


def expect_pass(graph, passed, expected):
    links = [(e.source, e.slot, e.target, e.input_nr) for e in graph.edges]

    assert [node.name for node in graph.nodes] == passed.names
    assert links == passed.links
    for node in graph.nodes:
        if node.id in passed.received:
            arrived = zip(node.upstream, passed.received[node.id], strict=True)
            assert all(is_same(array, value) for array, value in arrived), node
    for edge in graph.edges:
        if edge.source in passed.sent:
            assert is_same(edge.gradient, passed.sent[edge.source][edge.slot]), edge
    # The gradient of each parameter, under its name. Those inside a function have no name at the
    # end, and what torch.autograd.grad asks for never comes to the leaf.
    for at, leaf in passed.leaves.items():
        assert graph.nodes[at].kind == "leaf"
        assert graph.captured or graph.nodes[at].upstream[0] is not None
        name = expected.name_of(leaf)
        if name is not None:
            assert name in (graph.nodes[at].tensor or "").split(", ")


def expect_lines(run, expected):
    """Each kept execution of a line, and the variables at the end."""
    compared = 0
    for statement in run.statements:
        for name, view in statement.assigned.items():
            values = expected.told[statement.line][statement.turn - 1]
            compared += expect_value(view, values[name], (statement, name))
    assert compared >= len(expected.told) // 2
    assert {s.line for s in run.statements if s.assigned} == set(expected.told)
    for name, view in run.variables.items():
        expect_value(view, bits(expected.variables[name]), name)


def expect_value(view, value, place):
    """Whether there was a tensor or a number to compare."""
    if isinstance(view, TensorView):
        assert bits_of(view.values) == value, place
        return True
    assert isinstance(view, PlainView)
    if isinstance(value, str):
        assert view.text == value, place
    return isinstance(value, str)


def expect_owners(run):
    """Every pass belongs to one statement, and that can run one; every node to the line that made
    it."""
    owners = [(number, s) for s in run.statements for number in s.backwards]
    lines = run.source.splitlines()
    by_line = {line for s in run.statements for line in range(s.line, s.end_line + 1)}

    assert len({number for number, _ in owners}) == len(owners)
    assert len(run.backwards) - 1 in dict(owners)
    for _, statement in owners:
        text = " ".join(lines[statement.line - 1 : statement.end_line])
        assert any(word in text for word in ("backward", "grad", "step"))
    assert run.graph is run.backwards[-1]
    assert len(run.graph.recorded) == len(run.graph.nodes)
    assert {node.line for node in run.graph.nodes} <= by_line
    assert not any(node.file for node in run.graph.nodes)
