"""Lessons as cards: a picture of its own run, its title and claim, and how far the reader is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from components.assets import register
from components.part import part

_mount = register("cards")


@dataclass(frozen=True, slots=True)
class Card:
    """.page      that it opens
    .number      before the title, or ""
    .picture     as SVG
    .state, .told  "done", "next" or "", and that in words
    """

    page: str
    number: str
    title: str
    claim: str
    picture: str
    state: str
    told: str


@part()
def show_cards(
    cards: Sequence[Card],
    key: str,
    *,
    left_behind: Sequence[str],
    on_open: Callable[[Any], object],
) -> None:
    """Draw the cards; each is a link.

    left_behind  the keys of the address that do not go along with it
    on_open      is told the page of a card that is chosen
    """
    _mount(key, build_cards(cards, left_behind), open=on_open)


def build_cards(cards: Sequence[Card], left_behind: Sequence[str]) -> dict[str, Any]:
    return {
        "left_behind": list(left_behind),
        "cards": [
            {
                name: getattr(card, name)
                for name in ("page", "number", "title", "claim", "picture", "state", "told")
            }
            for card in cards
        ],
    }
