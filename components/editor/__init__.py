"""Where a program is written, and what it did stands at the end of each line once it has run."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import autograd_explorer as ax
import texts
from components import address
from components.assets import register
from components.page_language import page_language
from components.part import part
from components.program_view import build_program, told_of
from components.runs import once, run_anew
from texts import Say

_mount = register("editor")
_mount_names = register("editor_names")

_KEY = "editor"
_MESSAGE = 120  # characters of an error's or a warning's words, on its line; all stand elsewhere
_MOST_WARNINGS = 5
_LABELS = (
    "editor", "run", "running", "done", "changed", "link", "copied", "help", "examples", "own",
    "download_py", "download_ipynb",
)  # fmt: skip
# CodeMirror's own words, which it asks for in English.
_PHRASES = {
    "Find": "find", "Replace": "replace_with", "next": "next", "previous": "previous",
    "all": "all", "match case": "match_case", "regexp": "regexp", "by word": "by_word",
    "replace": "replace", "replace all": "replace_all", "close": "close",
    "current match": "current_match", "on line": "on_line",
    "replaced match on line $": "replaced", "replaced $ matches": "replaced_all",
    "Go to line": "go_to_line", "go": "go", "Completions": "completions",
    "Selection deleted": "selection_deleted", "Control character": "control_character",
}  # fmt: skip


@part()
def know_names() -> None:
    """Tell the browser, once, what the editor may complete."""
    _mount_names(
        "editor_names", {owner: " ".join(names) for owner, names in ax.vocabulary().items()}
    )


@part()
def ask_program(
    run: ax.Run,
    program: address.Program,
    say: Say,
    examples: Mapping[str, str],
    *,
    marks: Sequence[Mapping[str, Any]] = (),
    running: bool = False,
) -> None:
    """Show a program in an editor, with what each line did; once another is sent, it is the
    address's program.

    examples  by their names, the texts that the reader can choose instead
    marks     more that is told of lines: for each its line, kind and text
    running   whether there is nothing yet to be told about the lines
    """
    _mount(
        _KEY,
        run=lambda sent: _take(sent, examples),
        example=_choose,
        selection=address.take_selection,
        data=build_editor(run, program.example, say)
        | ({"running": True} if running else notes_of(run, marks) or {}),
    )


@part()
def notes_of(run: ax.Run, marks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """For each line its note and its states, and the words of errors and warnings. Should this
    fail, the editor stands all the same, or the reader could run nothing any more."""
    say = texts.for_page("program", page_language())
    told = once(run, "told", lambda: told_of(run, say), say)
    lines = build_program(run, say, address.selection(), told=told)["lines"]
    return {"lines": lines, "told": [*build_told(run, say), *marks]}


def _take(sent: Any, examples: Mapping[str, str]) -> None:
    """Show what was sent; also a program that is there already runs once more."""
    source = address.take_program(sent, examples)
    if source is not None:
        run_anew(source)


def _choose(name: Any) -> None:
    """A browser may send what is no example's name."""
    if isinstance(name, str) and name:
        address.choose_example(name)


def build_editor(run: ax.Run, example: str | None, say: Say) -> dict[str, Any]:
    """The text that ran, and the examples to choose from, as questions with what to look at."""
    return {
        "source": run.source,
        "lines": [],
        "told": [],
        "example": example or "",
        "examples": [
            {
                "name": name,
                "question": say(f"example_{name}"),
                "look": say(f"example_{name}_look"),
            }
            for name in address.EXAMPLES
        ],
        "labels": {key: say(key) for key in _LABELS},
        "phrases": {phrase: say(key) for phrase, key in _PHRASES.items()},
    }


def build_told(run: ax.Run, say: Say) -> list[dict[str, Any]]:
    """What PyTorch or Python said about a line: the error, and the first warnings, each once; and
    where a notebook's command was passed over."""
    heard: list[tuple[str, ax.Heard | ax.Failure]] = [
        ("beware", one) for one in list(dict.fromkeys(run.warnings))[:_MOST_WARNINGS]
    ]
    heard += [("wrong", run.error)] if run.error else []
    return [
        {"line": one.line, "kind": kind, "text": shorten(_said(one, say))} for kind, one in heard
    ]


def _said(one: ax.Heard | ax.Failure, say: Say) -> str:
    if one.type == "IPython":
        return say("notebook_line")
    return f"{one.type}: {one.message}".rstrip(": ")


def shorten(text: str) -> str:
    """At most so many characters, on one line, cut where a word ends."""
    return textwrap.shorten(text, _MESSAGE, placeholder=" …")
