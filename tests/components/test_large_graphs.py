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
from components.graph_view.layout import lay_out

from components.links import path_of_leaf
from components.node_card import LARGEST, build_edge, build_node
from components.selection import selection_from

SAY = texts.for_page("graph", "en")
MOST_BYTES = 400_000
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


@pytest.fixture(scope="module", params=PROGRAMS)
def recorded(request):
    output = PROGRAMS[request.param]()
    name = {"x" * 3_000: output}
    return ax.trace_backward(output, names=name)


def counted(graph):
    return ax.BackwardGraph(graph.nodes, Counted(graph.edges), graph.order)


@pytest.mark.parametrize("select", ["", "node-1", "node-3", "edge-1-2", "line-1", "layer"])
def test_what_is_sent_for_a_graph_is_bounded_and_so_is_the_work(recorded, select):
    graph = counted(recorded)
    chosen = selection_from(select)
    Counted.handed = 0
    begun = time.perf_counter()

    built = build_graph(graph, SAY, chosen, 4_000 if select == "layer" else None)

    assert time.perf_counter() - begun < MOST_SECONDS
    assert Counted.handed <= MOST_WALKS * len(graph.edges)
    assert len(json.dumps(built, allow_nan=False)) <= MOST_BYTES
    boxes, links = built["boxes"], built["links"]
    assert len(boxes) <= MOST_BOXES and len(links) <= MOST_LINKS
    assert sum(len(link["bends"]) for link in links) <= MOST_BENDS
    assert all(0 <= link[end] < len(boxes) for link in links for end in ("source", "target"))
    for link in links:  # from the box whose slot it is, and one bend for every layer it passes
        source, target = boxes[link["source"]], boxes[link["target"]]
        last = source.get("boxes", [source])[-1]
        assert last["id"] == f"node-{link['id'].split('-')[1]}"
        assert len(link["bends"]) == target["layer"] - source["layer"] - 1
    held = {inner["id"] for box in boxes for inner in box.get("boxes", [box])}
    rows = [f"node-{row[0].split()[0]}" for row in built["table"]["rows"]]
    assert rows == built["table"]["ids"]
    assert set(rows) == {name for name in held if name.startswith("node-")}
    if chosen and chosen.kind == "node" and chosen.numbers[0] < len(graph.nodes):
        assert select in held


@pytest.mark.parametrize("node", range(4))
def test_a_card_is_bounded_too(recorded, node):
    if node >= len(recorded.nodes):
        return
    card = build_node(recorded, node, SAY)
    edge = build_edge(recorded, recorded.edges[0], SAY)

    assert len(json.dumps([card, edge], allow_nan=False)) <= MOST_BYTES


def test_the_links_that_are_left_out_are_counted_at_their_boxes():
    graph = ax.record_graph(cat_of_a_chain(2_000))

    built = build_graph(graph, SAY)

    boxes = {box["id"]: box for box in built["boxes"]}
    leaving = sum(built["boxes"][link["source"]]["id"] == "node-1" for link in built["links"])
    assert boxes["node-1"]["undrawn"] == f"+{2_000 - leaving:,}"
    assert "undrawn" not in boxes["node-0"]
    (row,) = [row for row in built["table"]["rows"] if row[0] == "1 CatBackward0"]
    assert (
        row[4].endswith(" more")
        and row[4].count("→") + int(row[4].split()[-2].replace(",", "")) == 2_000
    )


def test_of_a_layer_too_wide_to_show_the_reader_hears_how_much_is_left_out():
    graph = ax.record_graph(torch.stack([leaf() for _ in range(700)]).sum())

    for language, words in (("en", "(50 of 702 shown)"), ("ja", "702個中50個を表示")):
        built = build_graph(graph, texts.for_page("graph", language))
        assert words in built["window"]["text"]


def test_a_small_graph_stands_where_its_layout_puts_it():
    h = w = torch.ones(2, requires_grad=True)
    for _ in range(12):
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

    first, last = build_graph(graph, SAY), build_graph(graph, SAY, layer=10_000)

    norms = [np.linalg.norm(edge.gradient) for edge in graph.edges if edge.gradient is not None]
    drawn = [link for built in (first, last) for link in built["links"] if link["gradient"]]
    assert max(link["strength"] for link in last["links"]) == 1
    assert max(link["strength"] for link in first["links"]) < 0.01
    by_id = {
        f"edge-{e.source}-{e.slot}": np.linalg.norm(e.gradient)
        for e in graph.edges
        if e.gradient is not None
    }
    for link in drawn:
        assert link["strength"] == pytest.approx(by_id[link["id"]] / max(norms), abs=2e-3)


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
