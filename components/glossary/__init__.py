"""Say what the terms of a page mean: on hovering, on a tap, and by keyboard."""

from collections.abc import Sequence
from typing import Any

from components.assets import register
from components.part import part
from texts import Say

_mount = register("glossary")


@part()
def show_glossary(terms: Sequence[str], say: Say, key: str) -> None:
    """One button a term; its meaning appears below the row."""
    _mount(key, build_glossary(terms, say))


def build_glossary(terms: Sequence[str], say: Say) -> dict[str, Any]:
    return {
        "label": say("glossary"),
        "hint": say("glossary_hint"),
        "terms": [[say(f"term_{term}"), say(f"meaning_{term}")] for term in terms],
    }
