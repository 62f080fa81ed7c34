"""Ask for a program: a text area with line numbers and colours, run with Ctrl+Enter."""

from typing import Any

import autograd_explorer as ax
from components import state
from components.assets import register
from components.part import part
from texts import Say

_mount = register("editor")


@part()
def ask_program(
    source: str, failure: ax.Failure | None, say: Say, examples: dict[str, str]
) -> None:
    """Show the text in an editor; once it is sent, it is the address's program."""
    _mount(
        state.EDITOR,
        run=lambda source: state.take_program(source, examples),
        data=build_editor(source, failure, say),
    )


def build_editor(source: str, failure: ax.Failure | None, say: Say) -> dict[str, Any]:
    return {
        "source": source,
        "failed": {"line": failure.line, "message": failure.message[:300]} if failure else None,
        "labels": {
            key: say(key)
            for key in ("editor", "run", "run_hint", "running", "changed", "link", "copied")
        },
    }
