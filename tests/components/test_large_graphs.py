"""What is sent to draw graphs that real programs may record, however large, long or odd."""

import json
import time

import numpy as np
import pytest
import torch

import autograd_explorer as ax
import texts
from components.chosen import show_chosen
from components.graph_view import build_graph
from components.graph_view.folded import pictures_in
from components.graph_view.layout import lay_out
from components.graph_view.tree import MOST_BOXES
from components.links import path_of_leaf
from components.node_card import LARGEST, build_edge, build_node
from components.selection import selection_from

SAY = texts.for_page("graph", "en")
MOST_BYTES = 600_000
MOST_SECONDS = 10  # the slowest takes a fraction of one here; before, some took minutes
MOST_WALKS = 10  # over all edges


class Counted(tuple):
    """Edges that count how many of them have been handed out."""

    handed = 0

    def __iter__(self):
        for item in super().__iter__():
            Counted.handed += 1
            yield item

    def __getitem__(self, at):
        found = super().__getitem__(at)
        Counted.handed += len(found) if isinstance(at, slice) else 1
        return found


def leaf():
    return torch.ones(1, requires_grad=True)


def cat_of_a_chain(steps=9_000):
    h, hs = leaf(), []
    for _ in range(steps):
        h = h * 1
        hs.append(h)
    return torch.cat(hs).sum()


def slices_of_cats(width, times):
    x = leaf()
    hs = [x * 1 for _ in range(width)]
    for _ in range(times):
        c = torch.cat(hs)
        hs = [c[i : i + 1] for i in range(width)]
    return torch.cat(hs).sum()


def stacks_of_everything(width):
    x = leaf()
    hs = [x * 1 for _ in range(width)]
    return torch.stack([torch.stack(hs) for _ in range(width)]).sum()


def many_names_of_one_shape():
    named = type("L" + "o" * 5_000 + "ng", (torch.autograd.Function,), {
        "forward": staticmethod(lambda ctx, x: x * 1),
        "backward": staticmethod(lambda ctx, gradient: gradient),
    })  # fmt: skip
    h = leaf()
    for _ in range(300):
        h = named.apply(h)
    return h.sum()


def everything_linked(steps):
    hs = [leaf()]
    for _ in range(steps):
        hs.append(torch.stack(hs).sum(0))
    return hs[-1].sum()


PROGRAMS = {
    "a cat over a chain of 9,000": cat_of_a_chain,
    "140 slices of each of 60 cats": lambda: slices_of_cats(140, 60),
    "300 slices of each of 20 cats": lambda: slices_of_cats(300, 20),
    "400 stacks of 400": lambda: stacks_of_everything(400),
    "one stack of 700": lambda: torch.stack([leaf() for _ in range(700)]).sum(),
    "60,000 inputs that need no gradient": lambda: torch.cat([leaf()] + [torch.ones(1)] * 60_000).sum(),
    "the same input 60,000 times": lambda: torch.cat([leaf()] * 60_000).sum(),
    "20,000 outputs": lambda: torch.stack(torch.ones(20_000, 2, requires_grad=True).unbind()).sum(),
    "150 steps, each made of all before": lambda: everything_linked(150),
    "79 steps, each made of all before": lambda: everything_linked(79),
    "names of 5,000 characters": many_names_of_one_shape,
    "numbers of 30 digits and 20 dimensions": lambda: (torch.ones([1] * 20, requires_grad=True) * 1e30).sum() * 1e7,
}  # fmt: skip


@pytest.fixture(scope="module")
def recorded(request):
    output = PROGRAMS[request.param]()
    name = {"x" * 3_000: output}
    return ax.trace_backward(output, names=name)


def counted(graph):
    return ax.BackwardGraph(graph.nodes, Counted(graph.edges), graph.order)


@pytest.mark.thinned
@pytest.mark.parametrize("recorded", PROGRAMS, indirect=True)
@pytest.mark.parametrize("select", ["", "node-1", "node-3", "edge-1-2", "line-1", "layer"])
def test_what_is_sent_for_a_graph_is_bounded_and_so_is_the_work(recorded, select):
    graph = counted(recorded)
    chosen = selection_from(select)
    Counted.handed = 0
    begun = time.process_time()  # other processes may take their time

    built = build_graph(graph, SAY, chosen, layer=4_000 if select == "layer" else None)

    assert time.process_time() - begun < MOST_SECONDS
    assert Counted.handed <= MOST_WALKS * len(graph.edges)
    assert len(json.dumps(built, allow_nan=False)) <= MOST_BYTES
    assert len(built["boxes"]) <= MOST_BOXES
    edges = {f"edge-{edge.source}-{edge.slot}" for edge in graph.edges}
    for picture in pictures_in(built):
        boxes, links = picture["boxes"], picture["links"]
        assert sum(box["kind"] != "port" for box in boxes) <= MOST_BOXES
        for link in links:  # one bend for every layer it passes
            source, target = boxes[link["source"]], boxes[link["target"]]
            assert edges.issuperset(link.get("edges", [link["id"]]))
            assert len(link["bends"]) == target["layer"] - source["layer"] - 1
    held = {box["id"] for picture in pictures_in(built) for box in picture["boxes"]}
    rows = [f"node-{row[0].split()[0]}" for row in built["table"]["rows"]]
    assert rows == built["table"]["ids"]
    assert held.issuperset(rows)
    if chosen and chosen.kind == "node" and chosen.numbers[0] < len(graph.nodes):
        assert select in held


@pytest.mark.thinned
@pytest.mark.parametrize("recorded", PROGRAMS, indirect=True)
@pytest.mark.parametrize("node", range(4))
def test_a_card_is_bounded_too(recorded, node):
    if node >= len(recorded.nodes):
        return
    card = build_node(recorded, node, SAY)
    edge = build_edge(recorded, recorded.edges[0], SAY)

    assert len(json.dumps([card, edge], allow_nan=False)) <= MOST_BYTES


def test_many_links_between_two_boxes_are_one_and_counted():
    graph = ax.record_graph(cat_of_a_chain(2_000))

    built = build_graph(graph, SAY)

    (box,) = [box for box in built["boxes"] if "turns" in box]
    assert box["turns"]["count"] == 2_000
    (link,) = [link for link in built["links"] if built["boxes"][link["target"]] is box]
    assert link["id"].startswith("edges-") and len(link["edges"]) < 50
    traced = build_graph(ax.trace_backward(cat_of_a_chain(2_000)), SAY)
    assert any((link["gradient"] or "").startswith("×2,000 ‖g‖") for link in traced["links"])
    (row,) = [row for row in built["table"]["rows"] if row[0] == "1 CatBackward0"]
    assert (
        row[4].endswith(" more")
        and row[4].count("→") + int(row[4].split()[-2].replace(",", "")) == 2_000
    )


def test_a_small_graph_stands_where_its_layout_puts_it():
    h = w = torch.ones(2, requires_grad=True)
    for _ in range(8):
        h = torch.tanh(h * w) + w
    graph = ax.trace_backward(h.sum())
    links = [(edge.source, edge.target) for edge in graph.edges]

    built = build_graph(graph, SAY)

    layout = lay_out(len(graph.nodes), links)
    lowest = min(layout.slots + sum(layout.routes, ()))
    assert [box["layer"] for box in built["boxes"]] == list(layout.layers)
    assert [box["slot"] for box in built["boxes"]] == [
        round(slot - lowest, 3) for slot in layout.slots
    ]
    assert [(link["source"], link["target"]) for link in built["links"]] == links
    assert min(slot for link in built["links"] for slot in link["bends"]) >= 0


def test_strengths_are_shares_of_the_strongest_gradient_anywhere():
    x = torch.ones(100, requires_grad=True)
    h = x
    for _ in range(300):
        h = h * 1.1
    graph = ax.trace_backward(h.sum())

    built = build_graph(graph, SAY, most=10_000)

    by_id = {
        f"edge-{e.source}-{e.slot}": np.linalg.norm(e.gradient)
        for e in graph.edges
        if e.gradient is not None
    }
    drawn = [
        link
        for picture in pictures_in(built)
        for link in picture["links"]
        if link["gradient"] and "edges" not in link
    ]
    assert max(link["strength"] for link in drawn) == 1
    assert {link["id"] for link in drawn} == set(by_id)
    for link in drawn:
        assert link["strength"] == pytest.approx(by_id[link["id"]] / max(by_id.values()), abs=2e-3)


def test_the_way_to_a_leaf_is_found_in_one_walk_over_the_edges():
    w = leaf()
    h = w
    for _ in range(3_000):
        h = h * 1
    graph = counted(ax.record_graph(h, names={"w": w}))
    Counted.handed = 0

    path = path_of_leaf(graph, "w")

    assert [node.id for node in path] == list(range(3_001))
    assert Counted.handed <= len(graph.edges)


def test_a_line_that_recorded_thousands_of_nodes_names_a_few(monkeypatch):
    said = []
    monkeypatch.setattr("components.chosen.show", said.append)
    monkeypatch.setattr("components.chosen.paragraph", lambda text: text)
    graph = ax.record_graph(cat_of_a_chain(3_000))
    nodes = tuple(node._replace(line=7) for node in graph.nodes)
    graph = ax.BackwardGraph(nodes, graph.edges, graph.order)

    show_chosen(graph, selection_from("line-7"), SAY, key="card", hint="")

    assert len(said[0]) < 600 and "more" in said[0]


def test_a_card_shows_the_corner_of_a_large_matrix_under_the_name_of_that_corner():
    x = torch.ones(3, 100, 80, requires_grad=True)
    graph = ax.trace_backward(torch.erf(x).sum())

    (arrived,) = build_node(graph, 1, SAY)["upstream"]

    assert arrived["name"] == "grad.flatten(0, -2)[:64, :64]"
    assert arrived["shape"] == "(3, 100, 80)"
    assert (arrived["rows"], arrived["cols"]) == (LARGEST, LARGEST)


def test_a_card_says_how_many_gradients_it_leaves_out():
    graph = ax.trace_backward(torch.cat([leaf() for _ in range(30)]).sum())

    card = build_node(graph, 1, SAY)

    assert len(card["sends"]) == 8
    assert card["more"] == {"sends": "and 22 more"}
