from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
import texts
from components import graph_view
from components.graph_view.layout import LINE, SMALL, lay_out


@st.composite
def graphs(draw):
    """A connected acyclic graph whose links run from lower to higher numbers."""
    count = draw(st.integers(1, 30))
    links = [(draw(st.integers(0, node - 1)), node) for node in range(1, count)]
    extra = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda p: p[0] < p[1]
    )
    return count, links + (draw(st.lists(extra, max_size=20)) if count > 1 else [])


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_every_link_leads_to_a_later_layer_with_a_bend_in_each_between(graph):
    count, links = graph

    layout = lay_out(count, links)

    assert layout.layers[0] == 0
    for (source, target), route in zip(links, layout.routes, strict=True):
        assert layout.layers[target] > layout.layers[source]
        assert len(route) == layout.layers[target] - layout.layers[source] - 1
    for node in range(1, count):
        users = [layout.layers[source] for source, target in links if target == node]
        assert layout.layers[node] == max(users) + 1


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_nodes_of_a_layer_are_a_slot_apart_and_lines_that_pass_have_less_room(graph):
    count, links = graph

    layout = lay_out(count, links)

    taken = {}
    for node in range(count):
        taken.setdefault(layout.layers[node], []).append((layout.slots[node], 1))
    bends = {  # those of links to one target are shared
        (layout.layers[source] + 1 + i, target, slot)
        for (source, target), route in zip(links, layout.routes, strict=True)
        for i, slot in enumerate(route)
    }
    for layer, _, slot in bends:
        taken[layer].append((slot, LINE))
    for slots in taken.values():
        slots.sort()
        assert slots[0][0] >= -1e-9
        assert all(b - a >= (one + two) / 2 - 1e-9 for (a, one), (b, two) in pairwise(slots))


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_the_crossings_reported_are_those_drawn(graph):
    count, links = graph

    layout = lay_out(count, links)

    segments = set()
    for (source, target), route in zip(links, layout.routes, strict=True):
        slots = [layout.slots[source], *route, layout.slots[target]]
        segments |= {(layout.layers[source] + i, a, b) for i, (a, b) in enumerate(pairwise(slots))}
    segments = list(segments)
    drawn = sum(
        one[0] == two[0] and (one[1] - two[1]) * (one[2] - two[2]) < -1e-9
        for i, one in enumerate(segments)
        for two in segments[:i]
    )
    assert layout.crossings == drawn


def test_a_tree_and_a_ladder_are_drawn_without_crossings():
    tree = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)]
    crossed = [(0, 1), (0, 2), (1, 4), (2, 3), (1, 5), (2, 6)]

    assert lay_out(7, tree).crossings == 0
    assert lay_out(7, crossed).crossings == 0


def test_long_links_to_one_node_share_their_bends():
    chain = [(i, i + 1) for i in range(9)]
    shared = [(i, 10) for i in range(9)]

    layout = lay_out(11, [*chain, *shared, (9, 10)])

    longest = layout.routes[len(chain)]
    assert len(longest) == 9
    for i in range(1, 9):
        assert layout.routes[len(chain) + i] == longest[i:]


def test_a_chain_is_straight():
    layout = lay_out(5, [(0, 1), (1, 2), (2, 3), (3, 4)])

    assert set(layout.slots) == {0.0}


def test_a_node_where_many_links_meet_takes_more_room():
    hub = lay_out(10, [(0, 1), (0, 2), *((1, i) for i in range(3, 10))])
    links = [(0, 1), (0, 2), (1, 3), (2, 4)]

    assert hub.slots[2] - hub.slots[1] > 1.5
    assert lay_out(5, links).slots[2] - lay_out(5, links).slots[1] == 1


def test_a_small_node_stands_closer_to_its_neighbours():
    links = [(0, 1), (0, 2), (0, 3)]
    usual, small = lay_out(4, links), lay_out(4, links, small={2})

    assert max(usual.slots) - min(usual.slots) == 2
    assert max(small.slots) - min(small.slots) == pytest.approx(1 + SMALL)


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="circle"):
        lay_out(3, [(0, 1), (1, 2), (2, 1)])


def test_another_number_places_nothing_anew(monkeypatch):
    placed, say = [], texts.for_page("graph", "en")

    def counted(*given):
        placed.append(given)
        return lay_out(*given)

    monkeypatch.setattr(graph_view, "lay_out", counted)
    text = (
        "import torch\nx = torch.tensor({}.0, requires_grad=True)\na = x * x\nb = a * a * x * a\n"
    )
    first, second = (
        graph_view.build_graph(ax.run(text.format(number) + "(b * a).backward()").graph, say)
        for number in (2, 3)
    )
    assert len(placed) == 1
    slots = [[box["slot"] for box in one["boxes"]] for one in (first, second)]
    assert slots[0] == slots[1] and first["links"] != second["links"]
