"""A large graph in boxes within boxes: nothing is lost by it, and what opens is few and bounded."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

import autograd_explorer as ax
import texts
from components.graph_view import build_graph
from components.graph_view.bars import measure, measures
from components.graph_view.clock import Clock
from components.graph_view.folded import pictures_in
from components.graph_view.pictures import OTHER_TURN, Pictures, Port
from components.graph_view.tree import MOST_BOXES, Group, tree_of
from components.selection import selection_from

SAY = texts.for_page("graph", "en")
MODELS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parent / "models").glob("*.py")
}


def watched(source):
    with ax.watch() as seen:
        exec(compile(source, "program", "exec"), {})  # noqa: S102
    return seen.graph


@pytest.fixture(scope="module", params=[(name, how) for name in MODELS for how in ("run", "watch")])
def graph(request):
    name, how = request.param
    return ax.run(MODELS[name]).graph if how == "run" else watched(MODELS[name])


def pictures_of(graph):
    links, count = [], len(graph.nodes)
    for edge in graph.edges:
        links.append((edge.source, count if edge.target is None else edge.target))
        count += edge.target is None
    measured = measures([edge.gradient for edge in graph.edges], Clock())
    tree = tree_of(graph, links, [], Clock())
    return Pictures(tree, links, measured, Clock()), links, count


def boxes_in(part):
    return [part] if isinstance(part, int) else [box for p in part.parts for box in boxes_in(p)]


def squares(graph, numbers):
    """PyTorch's own numbers on these edges, squared and summed."""
    gradients = [graph.edges[k].gradient for k in numbers]
    return sum(measure(g).squares if g is not None else 0.0 for g in gradients)


def check(graph):
    """Every edge is whole on one line, and goes on through each border that it crosses."""
    pictures, links, count = pictures_of(graph)
    tree = pictures.tree
    assert sorted(boxes_in(tree.root)) == list(range(count))
    for group in tree.groups:
        inside = set(boxes_in(group))
        crossing = {k for k, (s, t) in enumerate(links) if (s in inside) != (t in inside)}
        entering = {k for k in crossing if links[k][1] in inside}
        assert pictures.came[group.number].squares == pytest.approx(squares(graph, entering))
        if group.kind == "turns":
            continue
        placed = pictures.placed(group, set())  # a circle of boxes would raise here
        layers = placed.layout.layers
        assert all(layers[source] < layers[target] for source, target in placed.links)
        lines = pictures.of[group.number].lines
        own = {part: set(boxes_in(part)) for part in group.parts}
        drawn = sorted(k for numbers in lines.values() for k in numbers)
        between = [
            k
            for k, (s, t) in enumerate(links)
            if (s in inside or t in inside)
            and not any(s in held and t in held for held in own.values())
        ]
        assert drawn == between  # each once: whole, or to the border
        for (source, target), numbers in lines.items():
            for end, at in ((source, 0), (target, 1)):
                if isinstance(end, Port):
                    assert set(numbers) <= crossing
                else:
                    assert all(links[k][at] in own[end] for k in numbers)
        borders = [k for line, ks in lines.items() if isinstance(line[0], Port) for k in ks]
        assert squares(graph, borders) == pytest.approx(squares(graph, entering))
        above = group.above
        while above is not None and above.kind == "turns":
            above = above.above
        for line, numbers in lines.items():
            for end in line:
                if isinstance(end, Port) and end.line != OTHER_TURN:
                    assert above is not None
                    outside = list(pictures.of[above.number].lines.values())[end.line]
                    assert set(numbers) <= set(outside)
    return pictures


def test_unfolding_a_model_keeps_every_edge_and_its_sum(graph):
    check(graph)


@st.composite
def recorded(draw):
    """A graph of operations on earlier results, some of them in modules, with any leaves."""
    torch.manual_seed(draw(st.integers(0, 1000)))
    modules = [nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 2), nn.Tanh())]
    values = [torch.randn(2, requires_grad=True) for _ in range(2)]
    with ax.watch() as seen:
        for _ in range(draw(st.integers(1, 60))):
            one, other = (values[draw(st.integers(0, len(values) - 1))] for _ in range(2))
            match draw(st.integers(0, 4)):
                case 0:
                    values.append(one * other)
                case 1:
                    values.append(modules[draw(st.integers(0, 1))](one))
                case 2:
                    values += (one + other).view(2, 1).unbind(1)
                case 3:
                    values.append(torch.tanh(one) * torch.ones(2))
                case 4:
                    values.append(one + torch.randn(2, requires_grad=True))
        sum(value.sum() for value in values).backward()
    return seen.graph


@given(recorded())
@settings(max_examples=40, deadline=None)
def test_unfolding_any_graph_keeps_every_edge_and_its_sum(graph):
    check(graph)


def test_ages_that_do_not_fit_the_edges_fold_all_the_same():
    graph = ax.run(MODELS["rnn"]).graph
    lie = tuple(reversed(graph.ages))

    for ages in (lie, ()):
        made = ax.BackwardGraph(graph.nodes, graph.edges, graph.order, calls=graph.calls, ages=ages)
        check(made)


# What a reader sees first


def seen(built, open_=None):
    """The boxes that are seen, of those the closed ones, as the browser draws them."""
    open_ = built["open"] if open_ is None else open_
    found, queue = [], [built]
    for picture in queue:
        for box in picture["boxes"]:
            if box["kind"] == "port":
                continue
            found.append(box)
            turn = open_.get(box["id"])
            if turn is not None:
                queue.append(box if "boxes" in box else box["turns"]["shown"][str(turn)])
    return found


def folds_in(built):
    return {box["id"]: box for picture in pictures_in(built) for box in picture["boxes"]
            if box["kind"] == "fold"}  # fmt: skip


def test_a_model_opens_with_few_boxes_its_loss_among_them(graph):
    built = build_graph(graph, SAY)

    boxes = seen(built)
    assert 8 <= len(boxes) <= MOST_BOXES
    assert "node-0" in [box["id"] for box in boxes]
    assert len(json.dumps(built)) < 500_000


def test_what_repeats_is_one_box_with_a_turn_for_each():
    blocks = folds_in(build_graph(ax.run(MODELS["transformer"]).graph, SAY))
    (turns,) = [box for box in blocks.values() if "turns" in box]

    assert (turns["title"], turns["name"]) == ("blocks.0–11", "×12 Block")
    assert turns["turns"]["count"] == len(turns["turns"]["bars"]) == 12
    assert turns["turns"]["names"][0] == "blocks.0 · 1/12"

    loops = folds_in(build_graph(ax.run(MODELS["rnn"]).graph, SAY))
    (turns,) = [box for box in loops.values() if "turns" in box]
    assert turns["name"] == "×20 line 11"
    assert turns["turns"]["names"][2] == "turn 3 of 20"


def test_a_loop_over_several_lines_folds_by_its_lines_whatever_each_turn_recorded():
    source = """import torch
w = torch.ones(3, requires_grad=True)
h = torch.zeros(3)
for t in range(9):
    h = h * w + w
    if t % 2:
        h = torch.tanh(h)
    h = h.exp() - 1
loss = h.sum()
loss.backward()
"""
    graph = ax.run(source).graph
    tree = check(graph).tree

    (turns,) = [group for group in tree.groups if group.kind == "turns"]
    lines = [
        {graph.nodes[box].line for box in boxes_in(turn) if box < len(graph.nodes)}
        for turn in turns.parts
    ]
    assert [sorted(one) for one in lines] == [[5, 8], [5, 7, 8]] * 4 + [[5, 8]]


def test_a_call_of_the_same_module_is_a_turn_whatever_it_recorded():
    source = """import torch
from torch import nn
cell = nn.RNNCell(3, 4)
h = torch.zeros(1, 4)
x = torch.randn(6, 1, 3)
for t in range(6):
    h = cell(x[t], h)
loss = h.sum()
loss.backward()
"""
    tree = check(ax.run(source).graph).tree

    (turns,) = [group for group in tree.groups if group.kind == "turns"]
    assert [turn.kind for turn in turns.parts] == ["module"] * 6


def test_what_is_chosen_is_sent_and_so_is_what_was_asked_for():
    model = nn.Sequential(*[layer for _ in range(400) for layer in (nn.Linear(2, 2), nn.ReLU())])
    with ax.watch() as watching:
        model(torch.ones(1, 2)).sum().backward()
    graph = watching.graph
    names = [node.id for node in graph.nodes if node.module == "model.300"]

    def sent(built):
        return {box["id"] for picture in pictures_in(built) for box in picture["boxes"]}

    usual = build_graph(graph, SAY)
    chosen = build_graph(graph, SAY, chosen=selection_from(f"node-{names[0]}"))
    asked = build_graph(graph, SAY, opened=names[0])
    assert f"node-{names[0]}" not in sent(usual)
    assert f"node-{names[0]}" in sent(chosen) & sent(asked)
    assert len(sent(chosen)) < 800
    (turns,) = [box["id"] for box in folds_in(usual).values() if "turns" in box]
    assert asked["asked"][turns] == 150  # the turn of its layer
    home = usual["homes"][names[0]]
    assert f"fold-{home}" in folds_in(usual)


def test_a_browser_without_a_server_can_be_sent_all_there_is():
    graph = ax.run(MODELS["transformer"]).graph

    built = build_graph(graph, SAY, most=10_000)

    ids = {box["id"] for picture in pictures_in(built) for box in picture["boxes"]}
    assert ids >= {f"node-{node.id}" for node in graph.nodes}
    assert all("boxes" in box or "turns" in box for box in folds_in(built).values())
    assert len(json.dumps(built)) < 2_000_000


def test_a_bar_tells_what_pytorch_sent(graph):
    built = build_graph(graph, SAY, most=10_000)

    nodes = {f"node-{node.id}": node for node in graph.nodes}
    checked = 0
    for picture in pictures_in(built):
        for box in picture["boxes"]:
            node = nodes.get(box["id"])
            if node is None or len(node.upstream) != 1 or node.upstream[0] is None:
                continue
            frame = graph.nodes_frame().loc[node.id] if checked < 5 else None
            if frame is not None:
                assert float(box["bar"]["norm"]) == pytest.approx(frame["norm"], rel=5e-3)
                assert box["bar"]["zeros"] == pytest.approx(frame["zeros"], abs=1e-3)
            checked += 1
    assert checked > 5


def test_measures_of_small_arrays_are_those_of_each():
    odd = np.array([1.0, np.nan, 0.0]), np.array([np.inf, 2.0]), np.zeros(0), None
    arrays = [np.arange(3.0), *odd, np.ones((9, 9)), np.array([1j, 0])]

    for own, array in zip(measures(arrays, Clock()), arrays, strict=True):
        one = measure(array)
        assert own.squares == pytest.approx(one.squares)
        assert (own.size, own.zeros, own.nonfinite) == (one.size, one.zeros, one.nonfinite)
    assert [own.nonfinite for own in measures(arrays, Clock())] == [
        "",
        "nan",
        "inf",
        "",
        "",
        "",
        "",
    ]


def test_a_box_without_a_gradient_has_no_bar():
    built = build_graph(ax.run(MODELS["rnn"].replace("loss.backward()", "")).graph, SAY)

    assert not any("bar" in box for box in seen(built))
    (turns,) = [box["turns"] for box in seen(built) if "turns" in box]
    assert turns["bars"] == []


def test_groups_hold_nodes_in_a_row():
    graph = ax.run(MODELS["transformer"]).graph
    tree = check(graph).tree

    for group in tree.groups:
        ages = sorted(graph.ages[box] for box in boxes_in(group)
                      if box < len(graph.nodes) and graph.ages[box] >= 0)  # fmt: skip
        assert not ages or ages == list(range(ages[0], ages[-1] + 1))
    assert isinstance(tree.root, Group)
