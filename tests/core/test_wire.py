"""Runs as bytes: what arrives is what was sent, or is refused."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from autograd_explorer import wire
from autograd_explorer.wire import BadMessage, TooLarge, packed, unpacked
from tests.core.reference import same_records

FOLDERS = ("tests/forum", "tests/programs", "pages/play/examples")
FILES = [path for folder in FOLDERS for path in sorted(Path(folder).glob("*.py"))]
ODD = """import torch
z = torch.tensor([1 + 2j, float("nan")], requires_grad=True)
h = torch.ones(2, dtype=torch.float16)
b = torch.ones(3, dtype=torch.bfloat16)
e = torch.ones(0, 3, requires_grad=True)
s = torch.tensor(5.0)
k = torch.tensor([True, False])
i = torch.tensor([2**62])
name = "\\ud800 é 学"
print(name == name, float("inf"))
(z * (1 + 1j)).abs().sum().backward()
raise ValueError("\\udfff")
"""
SMALL = ax.run(
    "import torch\nw = torch.ones(2, requires_grad=True)\n(w * w).sum().backward()\nprint(w)"
)
MESSAGE = packed(SMALL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_arrives_is_what_was_sent(path):
    run = ax.run(path.read_text(encoding="utf-8"))

    same_records(unpacked(packed(run), run.source), run)


@pytest.mark.parametrize("source", [ODD, "", "1/0", "x ="])
def test_odd_values_arrive_too(source):
    run = ax.run(source)

    same_records(unpacked(packed(run), source), run)


def test_what_was_one_is_one_again():
    run = ax.run(Path("pages/play/examples/two_layer_mlp.py").read_text(encoding="utf-8"))
    there = unpacked(packed(run), run.source)

    assert [g is run.graph for g in run.backwards] == [g is there.graph for g in there.backwards]
    sent = {id(edge.gradient): edge for edge in run.backwards[0].edges}
    came = {id(edge.gradient): edge for edge in there.backwards[0].edges}
    assert len(sent) == len(came)


def test_arrays_cannot_be_written_to():
    values = unpacked(MESSAGE, SMALL.source).tensor("w").values

    with pytest.raises(ValueError, match="read-only"):
        values[0] = 2


def head(tree, graphs=(), shapes=(), rest=b""):
    text = json.dumps([tree, list(graphs), list(shapes)]).encode()
    return struct.pack("<Q", len(text)) + text + rest


def parts():
    """The tree, the graphs and the shapes of a message that is fine, and its arrays."""
    (length,) = struct.unpack_from("<Q", MESSAGE)
    return (*json.loads(MESSAGE[8 : 8 + length]), MESSAGE[8 + length :])


def changed(change):
    """The message with something changed in its JSON; the arrays lie where they have to."""
    tree, graphs, shapes, _ = parts()
    change(tree, graphs, shapes)
    text = json.dumps([tree, graphs, shapes]).encode()
    start = 8 + len(text)
    return (
        struct.pack("<Q", len(text)) + text + bytes(-start % 16) + MESSAGE[-10_000:] + bytes(9999)
    )


# tree: source, statements, variables, printed, backwards, graph, error, warnings, reach
# graphs[0]: nodes, edges, order, captured, filled, recorded, calls, ages
LIES = {
    "another program": lambda tree, graphs, shapes: tree.__setitem__(0, "other"),
    "a number for a text": lambda tree, graphs, shapes: tree.__setitem__(3, 5),
    "a field too many": lambda tree, graphs, shapes: tree.append(None),
    "a field too few": lambda tree, graphs, shapes: tree.pop(),
    "a node that is not there": lambda tree, graphs, shapes: tree[1][-2][4].append(99),
    "a pass that is not there": lambda tree, graphs, shapes: tree[1][-2][5].append(7),
    "a graph that is not there": lambda tree, graphs, shapes: tree.__setitem__(5, 3),
    "a graph before the first": lambda tree, graphs, shapes: tree.__setitem__(5, -1),
    "a negative line": lambda tree, graphs, shapes: tree[1][0].__setitem__(0, -5),
    "an edge to nowhere": lambda tree, graphs, shapes: graphs[0][1][0].__setitem__(2, 42),
    "an order of others": lambda tree, graphs, shapes: graphs[0][2].append(-1),
    "a statement that is not there": lambda tree, graphs, shapes: graphs[0][5].__setitem__(0, 99),
    "a statement for too few nodes": lambda tree, graphs, shapes: graphs[0][5].pop(),
    "no node at all": lambda tree, graphs, shapes: graphs[0].__setitem__(0, []),
    "a node with another's number": lambda tree, graphs, shapes: graphs[0][0][0].__setitem__(0, 1),
    "a node without a name": lambda tree, graphs, shapes: graphs[0][0][0].__setitem__(1, ""),
    "a kind that there is not": lambda tree, graphs, shapes: graphs[0][0][0].__setitem__(2, "x"),
    "true for a number": lambda tree, graphs, shapes: graphs[0][0][0].__setitem__(0, False),
    "objects": lambda tree, graphs, shapes: shapes[0].__setitem__(0, "|O"),
    "texts as an array": lambda tree, graphs, shapes: shapes[0].__setitem__(0, "<U1"),
    "a shape of another size": lambda tree, graphs, shapes: shapes[0].__setitem__(1, [2**40]),
    "a negative size": lambda tree, graphs, shapes: shapes[0].__setitem__(1, [-1, -2]),
    "too many dimensions": lambda tree, graphs, shapes: shapes[0].__setitem__(1, [1] * 65),
    "a size that is none": lambda tree, graphs, shapes: shapes[0].__setitem__(1, [2.0]),
    "an array that is not there": lambda tree, graphs, shapes: tree[2]["w"][1].__setitem__(2, 99),
    "a view with another's shape": lambda tree, graphs, shapes: tree[2]["w"][1].__setitem__(0, [3]),
    "a record that there is not": lambda tree, graphs, shapes: tree[2]["w"].__setitem__(0, "Run"),
    "a leaf that is not there": lambda tree, graphs, shapes: tree[9][2][0][4].append(9),
    "a cut that is not there": lambda tree, graphs, shapes: tree[9][2][0][5].append(0),
    "a kind of pass that there is not": lambda tree, graphs, shapes: tree[9][2][0].__setitem__(
        2, ""
    ),
    "a call that is not there": lambda tree, graphs, shapes: graphs[0][0][0].__setitem__(10, 0),
    "a call in itself": lambda tree, graphs, shapes: graphs[0][6].append(["m", "M", 0]),
    "an age for too few nodes": lambda tree, graphs, shapes: graphs[0][7].pop(),
    "an age of more than there are": lambda tree, graphs, shapes: graphs[0][7].__setitem__(0, 99),
    "more graphs": lambda tree, graphs, shapes: graphs.append([]),
}


def test_the_message_can_be_put_together_again():
    same_records(
        unpacked(changed(lambda *_: None), SMALL.source),
        unpacked(MESSAGE, SMALL.source),
        values=False,
    )


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(lie):
    with pytest.raises(BadMessage):
        unpacked(changed(LIES[lie]), SMALL.source)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\xff" * 8,
        struct.pack("<Q", 5) + b"[1,2]",
        struct.pack("<Q", 2**40) + b"{}",
        struct.pack("<Q", 200_000) + b"[" * 200_000,
        head([1, 2, 3]),
        head({"a": 1}),
        head(None),
        head([0] * 8, [[[]] * 5] * 3),
    ],
)
def test_no_message_at_all_is_refused(message):
    with pytest.raises(BadMessage):
        unpacked(message, SMALL.source)


def test_a_message_of_very_many_parts_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(wire, "_MOST_ITEMS", 1000)
    monkeypatch.setattr(json, "loads", None)

    with pytest.raises(BadMessage):
        unpacked(head([[0] * 2000]), SMALL.source)


def test_what_would_be_refused_is_not_sent(monkeypatch):
    monkeypatch.setattr(wire, "_MOST_ITEMS", 50)

    with pytest.raises(TooLarge):
        packed(SMALL)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(MESSAGE) - 1), st.integers(0, 255)), max_size=6))
def test_a_message_with_any_bytes_changed_is_a_run_or_refused(changes):
    message = bytearray(MESSAGE)
    for place, value in changes:
        message[place] = value

    try:
        run = unpacked(bytes(message), SMALL.source)
    except BadMessage:
        return
    assert isinstance(run, ax.Run)
    for node in run.graph.nodes if run.graph else ():
        assert node is run.graph.nodes[node.id]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(message):
    with pytest.raises(BadMessage):
        unpacked(message, SMALL.source)


def test_every_array_lies_where_numpy_wants_it():
    graph = unpacked(MESSAGE, SMALL.source).graph

    for edge in graph.edges:
        if edge.gradient is not None:
            assert edge.gradient.flags.aligned
            assert isinstance(edge.gradient, np.ndarray)
