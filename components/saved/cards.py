"""The cards of all nodes and edges, for who has no server to ask, in a bounded number of bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import autograd_explorer as ax
from components.node_card import build_edge, build_node
from texts import Say

MOST_NODES = 2_000  # with a card, from the root on; and as many edges
MOST_NUMBERS = 150_000  # of all matrices; packed, each takes some five bytes
# The most rows and columns of a matrix, by the number of nodes up to which they hold.
_SIDES = {10: 64, 60: 16, 600: 8}
_SMALLEST = 4
_PARTS = ("upstream", "sends", "equations")  # of a card, with matrices


def build_cards(
    graph: ax.BackwardGraph, say: Say, without: str
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What all cards have, and what each has besides, by what is chosen: "node-3", "edge-3-0".

    Matrices are cut to a corner, the smaller the more nodes there are; once there are too many
    numbers, a card says that it is `without` them.
    """
    side = next((side for most, side in _SIDES.items() if len(graph.nodes) <= most), _SMALLEST)
    left = MOST_NUMBERS
    common: dict[str, Any] = {}
    cards: dict[str, dict[str, Any]] = {}
    for name, card in _cards(graph, say, side):
        count = sum(matrix["rows"] * matrix["cols"] for matrix in _matrices(card))
        if count > left:
            note = " ".join(filter(None, (card["note"], without)))
            card |= dict.fromkeys(_PARTS, ()) | {"note": note}
        else:
            left -= count
        common = common or {
            key: card[key] if key == "labels" else _none_of(card[key]) for key in card
        }
        cards[name] = {key: value for key, value in card.items() if value and key != "labels"}
    return common, cards


def _cards(graph: ax.BackwardGraph, say: Say, side: int) -> Iterator[tuple[str, dict[str, Any]]]:
    around: dict[int, list[ax.Edge]] = {}
    for edge in graph.edges:
        for node in {edge.source, edge.target} - {None}:
            around.setdefault(node, []).append(edge)  # type: ignore[arg-type]  # None is not in it
    for own in graph.nodes[:MOST_NODES]:
        # A card looks through all edges that it is given.
        part = replace(graph, edges=tuple(around.get(own.id, ())))
        yield f"node-{own.id}", build_node(part, own.id, say, side)
    for edge in graph.edges[:MOST_NODES]:
        yield f"edge-{edge.source}-{edge.slot}", build_edge(graph, edge, say, side)


def _matrices(card: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from card["upstream"]
    yield from card["sends"]
    for equation in card["equations"]:
        yield from equation["terms"]
        yield equation["result"]


def _none_of(value: Any) -> Any:
    """What a view reads where a card has nothing of it."""
    return type(value)()
