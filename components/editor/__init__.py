"""Ask for a program: a text area with line numbers and colours, run with Ctrl+Enter."""

from typing import Any

import autograd_explorer as ax
from components import address
from components.assets import register
from components.part import part
from components.runs import run_anew
from texts import Say

_mount = register("editor")

_KEY = "editor"


@part()
def ask_program(
    source: str, failure: ax.Failure | None, say: Say, examples: dict[str, str]
) -> None:
    """Show the text in an editor; once it is sent, it is the address's program."""
    _mount(
        _KEY,
        run=lambda sent: _take(sent, examples),
        data=build_editor(source, failure, say),
    )


def _take(sent: Any, examples: dict[str, str]) -> None:
    """Show what was sent; also a program that is there already runs once more."""
    source = address.take_program(sent, examples)
    if source is not None:
        run_anew(source)


def build_editor(source: str, failure: ax.Failure | None, say: Say) -> dict[str, Any]:
    return {
        "source": source,
        "failed": {"line": failure.line, "message": failure.message[:300]} if failure else None,
        "labels": {
            key: say(key)
            for key in ("editor", "run", "run_hint", "running", "changed", "link", "copied")
        },
    }
