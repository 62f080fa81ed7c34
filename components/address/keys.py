"""Every key of the address. Readers, writers, complaints and the README's table follow from it."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import CHOICES
from autograd_explorer.course import LESSONS as COURSE
from autograd_explorer.course.changes import (
    MOST_CHANGES,
    RATES,
    Change,
    Changes,
    Edit,
    Steps,
    are_possible,
)
from autograd_explorer.course.problem import ALLOWED, DIMENSIONS
from components.address.key import Key, Scope, one_of, whole
from components.address.packing import LONGEST, pack, unpack
from components.selection import EXAMPLES as SELECTIONS
from components.selection import Selection, selection_from
from texts import LANGUAGES

LESSONS = tuple(COURSE)
# Those that are counted and lead on to one another; the museum is a section of its own.
NUMBERED = tuple(name for name, of in COURSE.items() if of.counted and name != "museum")
_APPENDIX = tuple(name for name, of in COURSE.items() if not of.counted and name != "museum")
# What the navigation offers → the pages behind it, the first of which it opens and is named after.
SECTIONS = {
    "explorer": ("explorer",),
    "lessons": ("lessons", *NUMBERED, *_APPENDIX),
    "museum": ("museum",),
    "playground": ("playground",),
}
PAGES = tuple(page for pages in SECTIONS.values() for page in pages)
# What can be done: the lessons, and each exhibit of the museum.
MARKS = (*LESSONS, *CHOICES["exhibit"].values)
# What a teacher can keep or leave out: the dials by name, and all that a page has of its own.
ALL_CONTROLS = ("n_in", "n_out", "seed", "x", "y", "recording", "presets", "choices")
EXAMPLES = (
    "linear_layer", "shared_weights", "two_layer_mlp", "detach", "in_place", "branch",
    "double_backward", "custom_function", "rnn", "attention_head",
)  # fmt: skip
MATRICES = ("w", "b", "w.grad", "b.grad")

_SWITCH = {"on": True, "off": False, "true": True, "false": False, "1": True, "0": False}
_NUMBER = whole(range(10**6), digits=6)
_SMALL = re.compile(r"-?[01](\.[0-9])?|-?2(\.0)?")
_CHANGE = re.compile(
    r"step_(?P<count>[0-9]{1,3})_(?P<rate>[0-9.]{1,5})"
    r"|(?P<name>w(?=_[0-9]+_[0-9]+_)|[bx](?=_[0-9]+_))(?P<place>(_[0-9]{1,2}){1,2})"
    r"_(?P<value>-?[0-9]{1,3}(\.[0-9]{1,2})?)"
)
_LONGEST_CHANGES = 24 * MOST_CHANGES
_LAST_PASS = -1
LAST_SLIDE = 99
_MOST_NUMBERS = 6


def _or_nothing(value: Any) -> str:
    return "" if value is None else str(value)


def _one(values: tuple[str, ...], name: str, scope: Scope) -> Key[str | None]:
    return Key(name, one_of(values), None, ", ".join(values), scope, _or_nothing)


def _flag(name: str) -> Key[bool]:
    return Key(name, {"1": True}.get, False, "1", spell=lambda on: "1" if on else "")


def _count(name: str) -> Key[int | None]:
    return Key(name, _NUMBER, None, "0–999999", Scope.GRAPH, _or_nothing)


def _dial(name: str, default: Any) -> Key[Any]:
    allowed = ALLOWED.get(name, ("on", "off"))
    if name == "recording":
        return Key(name, _SWITCH.get, default, "on, off", spell=_switched, last=False)
    if isinstance(allowed, range):
        words = f"{allowed.start}–{allowed.stop - 1}"
        return Key(name, whole(allowed), default, words, last=False)
    return Key(name, one_of(allowed), default, ", ".join(allowed), last=False)


def _switched(on: bool) -> str:
    return "on" if on else "off"


def _browsers() -> str:
    return "ja" if (st.context.locale or "").lower().startswith("ja") else "en"


def _numbers(text: str) -> tuple[float | None, ...] | None:
    """Up to six numbers between -2 and 2."""
    numbers = _good_numbers(text)
    return None if None in numbers or text.count(",") >= _MOST_NUMBERS else numbers


def _good_numbers(text: str) -> tuple[float | None, ...]:
    """The first six, with None for what is none."""
    parts = text.split(",")[:_MOST_NUMBERS]
    return tuple(float(part) if _SMALL.fullmatch(part) else None for part in parts)


def _spell_numbers(numbers: tuple[float | None, ...]) -> str:
    return ",".join(f"{number:g}" for number in numbers if number is not None) or "1"


def _changes(text: str) -> Changes | None:
    """As _spell_changes writes them; whether a problem has such numbers is not known here."""
    if len(text) > _LONGEST_CHANGES:
        return None
    found = [_CHANGE.fullmatch(part) for part in text.split("~")] if text else []
    if not all(found):
        return None
    changes: list[Change] = []
    for parts in [one.groupdict() for one in found if one]:
        if parts["count"]:
            changes.append(Steps(int(parts["count"]), float(parts["rate"])))
        else:
            place = tuple(map(int, parts["place"].strip("_").split("_")))
            changes.append(Edit(parts["name"], place, float(parts["value"])))
    largest = DIMENSIONS.stop - 1
    return tuple(changes) if are_possible(changes, largest, largest) else None


def _spell_changes(changes: Changes) -> str:
    return "~".join(
        f"step_{change.count}_{change.rate:g}"
        if isinstance(change, Steps)
        else "_".join((change.name, *map(str, change.place), f"{change.value:g}"))
        for change in changes
    )


def _rate(text: str) -> float | None:
    return next((rate for rate in RATES if text == f"{rate:g}"), None)


def _marks(text: str) -> tuple[str, ...] | None:
    return _good_marks(text) if re.fullmatch(r"[a-z_.]{0,1200}", text) else None


def _good_marks(text: str) -> tuple[str, ...]:
    return tuple(mark for mark in MARKS if mark in text.split("."))


def _controls(text: str) -> tuple[str, ...] | None:
    unknown = set(text.removesuffix(".").split(".")) - {*ALL_CONTROLS} if text else ()
    return None if unknown else _good_controls(text)


def _good_controls(text: str) -> tuple[str, ...]:
    return tuple(name for name in ALL_CONTROLS if name in text.split("."))


def _pass(text: str) -> int | None:
    return _LAST_PASS if text == "last" else _NUMBER(text)


def _slide(text: str) -> int | None:
    return LAST_SLIDE if text == "last" else whole(range(1, 100), digits=2)(text)


def _spell_pass(number: int | None) -> str:
    return "last" if number is not None and number < 0 else _or_nothing(number)


# The dials that all lessons share, in the order of Problem's fields.
DIALS: dict[str, Key[Any]] = {
    name: _dial(name, default) for name, default in asdict(ax.Problem()).items()
}
LANG: Key[str] = Key("lang", one_of(LANGUAGES), "en", ", ".join(LANGUAGES), usual=_browsers)
# A key, not a path: a cold server would not know the path yet.
PAGE: Key[str] = Key("page", one_of(PAGES), PAGES[0], ", ".join(PAGES))
ENLARGED = _one(MATRICES, "enlarged", Scope.PAGE)
# A page that is projected: larger type, and only the controls that are named.
PRESENT = _flag("present")
QR = _flag("qr")
# Which part of it fills the screen; the browser itself writes this one (static/presenter/).
SLIDE: Key[int] = Key(
    "slide", _slide, 1, "1–99, last", Scope.PAGE, lambda n: "last" if n == LAST_SLIDE else str(n)
)
# The notes for whoever presents, in a window of their own.
NOTES = _flag("notes")
# Where hands are shown: the room's name, or, for whoever presents there, the key to it.
ROOM: Key[str | None] = Key(
    "room",
    lambda text: text if re.fullmatch(r"[a-z2-7]{10}|[a-z2-7]{16}", text) else None,
    None,
    "10 or 16 of a–z, 2–7",
    spell=_or_nothing,
)
EXAMPLE = _one(EXAMPLES, "example", Scope.PAGE)
# The dials of single lessons.
LESSON_DIALS: dict[str, Key[str]] = {
    name: Key(name, one_of(dial.values), dial.usual or "", ", ".join(dial.values), Scope.PAGE)
    for name, dial in CHOICES.items()
}
CODE: Key[str | None] = Key(
    "code",
    unpack,
    None,
    f"zlib + base64url, ≤ {LONGEST}",
    Scope.PAGE,
    lambda source: (pack(source) or "") if source is not None else "",
)
SELECT: Key[Selection | None] = Key(
    "select",
    selection_from,
    None,
    SELECTIONS,
    Scope.GRAPH,
    lambda chosen: chosen.text if chosen else "",
)
# The moment at which a program that is played stands; without it the program has ended.
MOMENT = _count("t")
# The same as a number of nodes that have fired, as links said it once.
STEP = _count("step")
# A node of a large graph around which all boxes are open.
OPEN = _count("open")
# The same as a layer in which such a node stands, as links said it once.
LAYER = _count("layer")
# The backward pass to draw; -1 is the last graph, whether backward ran through it or not.
PASS: Key[int | None] = Key("pass", _pass, None, "0–999999, last", Scope.GRAPH, _spell_pass)
# What the reader's hand has done to the Explorer's numbers, and how far a step of training goes.
CHANGES: Key[Changes] = Key(
    "changes", _changes, (), "w_2_0_1.5~b_1_-0.5~step_3_0.5", Scope.PAGE, _spell_changes
)
RATE: Key[float] = Key(
    "lr", _rate, 0.5, ", ".join(f"{rate:g}" for rate in RATES), Scope.PAGE, lambda r: f"{r:g}"
)
V: Key[tuple[float | None, ...]] = Key(
    "v", _numbers, (1.0,), "-2, -1.5, … 2", Scope.PAGE, _spell_numbers, _good_numbers
)
DONE: Key[tuple[str, ...]] = Key(
    "done", _marks, (), ".".join(LESSONS), spell=".".join, rescue=_good_marks
)
# Those of them that were answered rightly the first time.
RIGHT: Key[tuple[str, ...]] = Key(
    "right", _marks, (), ".".join(LESSONS), spell=".".join, rescue=_good_marks
)
CONTROLS: Key[tuple[str, ...] | None] = Key(
    "controls",
    _controls,
    None,
    ".".join(ALL_CONTROLS),
    spell=lambda names: ".".join(names or ()),
    rescue=_good_controls,
)

KEYS: tuple[Key[Any], ...] = (
    *DIALS.values(), LANG, PAGE, ENLARGED, PRESENT, QR, SLIDE, NOTES, ROOM, EXAMPLE,
    *LESSON_DIALS.values(), CODE, SELECT, MOMENT, STEP, OPEN, LAYER, PASS, CHANGES, RATE, V, DONE,
    RIGHT, CONTROLS,
)  # fmt: skip


def names(scope: Scope) -> Iterable[str]:
    """The keys that go no farther than a scope."""
    return [key.name for key in KEYS if key.scope >= scope]
