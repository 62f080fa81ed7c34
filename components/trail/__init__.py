"""The way back to where the reader came from, and on to what stands before and behind."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from components.assets import register
from components.part import part
from texts import Say

_mount = register("trail")


class Stop(NamedTuple):
    """A screen on the way: its .name in the address, and its .title."""

    name: str
    title: str


@part()
def show_trail(
    stops: Sequence[Stop],
    place: int,
    say: Say,
    key: str,
    *,
    left_behind: Sequence[str],
    on_open: Callable[[Any], None],
) -> None:
    """place  which of the stops the reader is at
    left_behind  keys of the address that do not go along"""
    _mount(key, {**build_trail(stops, place, say), "left_behind": left_behind}, open=on_open)


def build_trail(stops: Sequence[Stop], place: int, say: Say) -> dict[str, Any]:
    here, number, total = stops[place], place + 1, len(stops)
    return {
        "here": here.name,
        "wall": say("title"),
        "named": say("way", number=number, all=total, title=here.title),
        "place": say("place", number=number, all=total),
        "previous": _beside(stops, place - 1, say("previous")),
        "next": _beside(stops, place + 1, say("next")),
    }


def _beside(stops: Sequence[Stop], place: int, label: str) -> dict[str, str]:
    name, title = stops[place] if 0 <= place < len(stops) else ("", "")
    return {"name": name, "title": title, "label": label}
