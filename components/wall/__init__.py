"""A wall of cards, each a link: what a program told, and once it is solved its cure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import autograd_explorer as ax
from components.assets import register
from components.part import part
from components.program_view import without_addresses
from components.prose import inline
from texts import Say

_mount = register("wall")
Kind = Literal["raises", "prints", "silent"]


class Card(NamedTuple):
    """A program on the wall: its .name, .title and .cure, what happened when it .run, and whether
    the reader has .solved it."""

    name: str
    title: str
    cure: str
    run: ax.Run
    solved: bool


@part()
def show_wall(
    rooms: Mapping[str, Sequence[Card]],
    say: Say,
    key: str,
    *,
    left_behind: Sequence[str],
    on_open: Callable[[Any], None],
) -> None:
    """rooms  the cards by the title of their room
    left_behind  keys of the address that do not go along to what a card opens"""
    _mount(key, {**build_wall(rooms, say), "left_behind": left_behind}, open=on_open)


def build_wall(rooms: Mapping[str, Sequence[Card]], say: Say) -> dict[str, Any]:
    cards = [card for room in rooms.values() for card in room]
    numbers = {card.name: number for number, card in enumerate(cards, start=1)}
    done, total = sum(card.solved for card in cards), len(cards)
    return {
        "done": done,
        "all": total,
        "progress": say("progress", done=done, all=total),
        "labels": {key: say(key) for key in ("solved", "raises", "prints", "silent")},
        "rooms": [
            {"title": title, "cards": [_build_card(card, numbers[card.name]) for card in room]}
            for title, room in rooms.items()
        ],
    }


def _build_card(card: Card, number: int) -> dict[str, Any]:
    kind = kind_of(card.run, solved=card.solved)
    error = card.run.error
    told = f"{error.type}: {error.message}" if kind == "raises" and error else card.run.printed
    return {
        "name": card.name,
        "number": number,
        "title": card.title,
        "kind": kind,
        "told": without_addresses(told).rstrip("\n"),
        "solved": card.solved,
        "cure": inline(card.cure) if card.solved else "",
    }


def kind_of(run: ax.Run, *, solved: bool) -> Kind:
    """What a card may tell. A program that printed something may have been stopped afterwards, or
    not: before the reader has answered, its card shows the printed text and leaves that open."""
    if run.printed and not solved:
        return "prints"
    return "raises" if run.error else "silent"
