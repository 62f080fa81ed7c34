"""What a graph of any size and shape is cut to, in counted boxes, links and bends."""

from collections import Counter
from itertools import count as counting
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.graph_view.clock import Clock
from components.graph_view.layout import lay_out
from components.graph_view.window import (
    MOST_BENDS,
    MOST_BOXES,
    MOST_DUMMIES,
    MOST_LEAVING,
    MOST_LINKS,
    WIDE,
    cut,
)
from components.slices import pausing


def chain(steps):
    return steps + 1, list(pairwise(range(steps + 1)))


def wide_cat_over_a_chain(steps):
    """0 is the sum, 1 the cat of all steps; each step has a None beside it, the last is a leaf."""
    first, last = 2, steps + 1
    links = [(0, 1), *((1, step) for step in range(first, last + 1))]
    links += [(step, step + 1) for step in range(first, last + 1)]
    nones = range(last + 2, last + 2 + steps)
    links += list(zip(range(first, last + 1), nones, strict=True))
    return last + 2 + steps, links


def layers_all_to_all(widths):
    """Every box of a layer is linked with every box of the next."""
    links, rows, number = [], [[0]], counting(1)
    for width in widths:
        rows.append([next(number) for _ in range(width)])
        links += [(source, target) for source in rows[-2] for target in rows[-1]]
    return next(number), links


def cats_and_slices(width, times):
    """A cat of many slices, each of them a slice of the next cat, and so on."""
    return layers_all_to_all([1, *[width, 1] * times])


def one_box_used_by_a_chain(steps):
    return steps + 2, [*pairwise(range(steps + 1)), *((i, steps + 1) for i in range(steps + 1))]


def everything_linked(size):
    return size, [(one, two) for one in range(size) for two in range(one + 1, size)]


HOSTILE = {
    "a cat over a chain of 9,000": wide_cat_over_a_chain(9_000),
    "a cat over a chain of 79": wide_cat_over_a_chain(79),  # 240 boxes: just too many
    "cats of 140 slices": cats_and_slices(140, 60),
    "cats of 300 slices": cats_and_slices(300, 20),
    "300 stacks of 300": layers_all_to_all([1, 300, 300, 1]),
    "80 stacks of 79": layers_all_to_all([80, 79]),
    "a layer of 700": layers_all_to_all([1, 700, 1]),
    "60,000 empty inputs": layers_all_to_all([1, 60_000]),
    "60,000 links between two boxes": (3, [(0, 1), *[(1, 2)] * 60_000]),
    "a chain of 9,000": chain(9_000),
    "a box used by a chain of 9,000": one_box_used_by_a_chain(9_000),
    "160 boxes, all linked": everything_linked(160),
    "400 boxes, all linked": everything_linked(400),
}


@st.composite
def graphs(draw, most=500):
    """A connected acyclic graph, deep or flat, whose links run from lower to higher numbers."""
    count = draw(st.integers(1, most))
    # Hypothesis itself would take seconds to draw so much.
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311
    reach = draw(st.sampled_from([1, 3, 20, most]))  # how far above a box its user may stand
    links = [(random.randint(max(0, box - reach), box - 1), box) for box in range(1, count)]
    for _ in range(random.choice([0, 5, 400, 4_000]) if count > 1 else 0):
        links.append(tuple(sorted(random.sample(range(count), 2))))
    if links and random.random() < 0.3:
        links += [random.choice(links)] * 1_000
    random.shuffle(links)
    return count, links


def check(count, links, window, layout):
    """What holds of every window, whatever the graph."""
    shown, drawn = set(window.boxes), [links[k] for k in window.links]
    assert len(window.boxes) <= MOST_BOXES
    assert len(drawn) <= MOST_LINKS
    assert list(window.boxes) == sorted(shown) and list(window.links) == sorted(set(window.links))
    assert all(end in shown for ends in drawn for end in ends)
    assert all(0 <= at <= window.last - window.first for at in window.layers)

    ends = Counter(end for link in links for end in link)
    ends.subtract(end for link in drawn for end in link)
    assert [ends[box] for box in window.boxes] == list(window.undrawn)

    assert sum(map(len, layout.routes)) <= MOST_BENDS
    dummies = {
        (target, layout.layers[window.boxes.index(target)] - i)
        for (_, target), route in zip(drawn, layout.routes, strict=True)
        for i in range(1, len(route) + 1)
    }
    assert len(dummies) <= (MOST_BENDS if len(shown) == count else MOST_DUMMIES)
    check_distances(layout)


def check_distances(layout):
    rows = {}
    for at, slot in zip(layout.layers, layout.slots, strict=True):
        rows.setdefault(at, []).append(slot)
    for row in rows.values():
        row.sort()
        assert all(two - one >= 1 - 1e-9 for one, two in pairwise(row))


def placed(links, window, clock=None):
    places = {box: i for i, box in enumerate(window.boxes)}
    drawn = [(places[links[k][0]], places[links[k][1]]) for k in window.links]
    return lay_out(len(places), drawn, window.layers, clock)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_graph_is_cut_to_a_bounded_part(name):
    count, links = HOSTILE[name]

    for lit, layer in ((set(), None), ({count - 1}, None), ({count // 2}, None), (set(), 40)):
        window = cut(count, links, lit, layer)
        check(count, links, window, placed(links, window))


@given(graphs(), st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_chosen_is_in_its_window(graph, data):
    count, links = graph
    lit = set(data.draw(st.lists(st.integers(0, count - 1), max_size=1)))
    chosen = data.draw(st.none() | st.integers(0, len(links) - 1)) if links else None
    if chosen is not None:
        lit = {links[chosen][0]}

    window = cut(count, links, lit, None, chosen)

    check(count, links, window, placed(links, window))
    assert lit <= set(window.boxes)
    if chosen is not None and set(links[chosen]) <= set(window.boxes):
        assert chosen in window.links


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_walking_towards_the_leaves_leads_through_all_layers(graph):
    count, links = graph
    window = cut(count, links, layer=0)
    seen = set(range(window.last + 1))

    while window.last < window.depth - 1:
        before = window
        stride = max(1, (window.last - window.first) * 3 // 4)
        window = cut(count, links, layer=window.first + stride)
        assert window.first > before.first or window.last == window.depth - 1
        seen |= set(range(window.first, window.last + 1))

    assert seen == set(range(window.depth))


@given(graphs())
@settings(max_examples=100, deadline=None)
def test_all_of_a_layer_is_shown_unless_no_window_could_hold_it(graph):
    count, links = graph
    layers = lay_out(count, links).layers if count < 60 else whole_layers(count, links)
    widths = Counter(layers)

    window = cut(count, links, {count // 2})

    shown = Counter(layers[box] for box in window.boxes)
    for at in range(window.first, window.last + 1):
        assert shown[at] == (WIDE if widths[at] > MOST_BOXES and count > MOST_BOXES else widths[at])
    assert window.size == sum(widths[at] for at in range(window.first, window.last + 1))


def whole_layers(count, links):
    layers = [0] * count
    for source, target in sorted(links):  # links run from lower to higher numbers
        layers[target] = max(layers[target], layers[source] + 1)
    return layers


@given(graphs(most=MOST_BOXES))
@settings(max_examples=100, deadline=None)
def test_a_small_graph_is_shown_whole_and_placed_as_if_nothing_were_cut(graph):
    count, links = graph

    window = cut(count, links, {0}, 3)

    assert window.boxes == tuple(range(count))
    assert (window.first, window.last) == (0, window.depth - 1)
    if len(window.links) == len(links):
        assert placed(links, window) == lay_out(count, links)
        assert not any(window.undrawn)
    else:
        # There was too much: too many links, or too many layers that they pass.
        bends = sum(window.layers[two] - window.layers[one] - 1 for one, two in links)
        assert len(links) > MOST_LINKS or bends > MOST_BENDS


def test_ordinary_links_are_all_drawn_however_often_one_box_is_used():
    count, links = one_box_used_by_a_chain(500)

    window = cut(count, links, {count - 1})

    assert window.undrawn[-1] == 501 - (len(window.boxes) - 1)


def test_every_box_of_a_crowded_picture_keeps_a_link_and_no_box_keeps_many():
    count, links = HOSTILE["80 stacks of 79"]

    window = cut(count, links)

    drawn = [links[k] for k in window.links]
    assert {end for link in drawn for end in link} == set(range(count))
    assert max(Counter(source for source, _ in drawn if source).values()) <= MOST_LEAVING + 1


def test_of_a_wide_layer_those_boxes_are_shown_that_belong_to_what_is_chosen():
    count, links = layers_all_to_all([1, 700])  # 0 → 1 → 2…701
    links += [(box, box + 700) for box in range(2, 702)]  # and each has an input of its own
    count += 700

    window = cut(count, links, {650}, None, links.index((650, 1350)))

    assert {1, 650, 1350} <= set(window.boxes)


def test_a_layout_that_has_no_time_is_still_a_layout():
    count, links = everything_linked(60)

    hasty, thorough = lay_out(count, links, clock=Clock(-1)), lay_out(count, links)

    assert hasty.layers == thorough.layers
    assert list(map(len, hasty.routes)) == list(map(len, thorough.routes))
    assert hasty.crossings >= thorough.crossings
    check_distances(hasty)


def test_others_may_go_first_while_a_large_graph_is_cut_and_placed():
    count, links = HOSTILE["300 stacks of 300"]
    pauses = []

    with pausing(lambda: pauses.append(1)):
        window = cut(count, links)
        placed(links, window)

    assert pauses


def test_a_clock_leaves_out_the_time_of_others(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def others():
        now[0] += 100

    with pausing(others):
        clock = Clock(1)
        now[0] += 0.5
        assert not clock.over()
        now[0] += 0.4
        assert not clock.over()
        now[0] += 0.2
        assert clock.over()
