"""Cards that are links, under headings: lessons with a picture, exhibits with what they printed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from components.assets import register
from components.part import part

_mount = register("cards")


@dataclass(frozen=True, slots=True)
class Card:
    """.opens           what it leads to
    .state, .told    "done", "next" or "", and that in words
    .text            a sentence or two, as HTML
    .picture         as SVG
    .kind, .label    how its program ended, and that in words; .printed what it printed then
    """

    opens: str
    number: str
    title: str
    state: str
    told: str
    text: str
    picture: str = ""
    kind: Literal["raises", "prints", "silent", ""] = ""
    label: str = ""
    printed: str = ""


@part()
def show_cards(
    sections: Mapping[str, Sequence[Card]],
    key: str,
    *,
    opens: Literal["page", "exhibit"],
    left_behind: Sequence[str],
    on_open: Callable[[Any], object],
) -> None:
    """Draw cards by the title of their section; "" has none.

    opens        the key of the address for what they lead to
    left_behind  those that do not go along with it
    on_open      is told what is chosen
    """
    _mount(key, build_cards(sections, opens, left_behind), open=on_open)


def build_cards(
    sections: Mapping[str, Sequence[Card]], opens: str, left_behind: Sequence[str]
) -> dict[str, Any]:
    return {
        "opens": opens,
        "left_behind": list(left_behind),
        "sections": [
            {"title": title, "cards": [asdict(card) for card in cards]}
            for title, cards in sections.items()
        ],
    }
