"""What a link carries: reads, checks and writes the address, and alone spells its keys.

The address is the truth. A widget shows what the address says, and a change writes the
address; so reloading, sharing, Back and a server restart all lead to the same screen. Our own
components report changes as triggers, which last for one run: the same choice made again,
after Back for example, is a change again. Only the steps of a drag are shown without being
written, so that one gesture leaves one entry in the browser's history.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.course import CHOICES
from autograd_explorer.course import LESSONS as COURSE
from autograd_explorer.course.problem import ALLOWED
from components.program_link import LONGEST, pack, unpack
from texts import LANGUAGES

DIALS = "dials"
SELECT = "select"
STEP = "step"
LAYER = "layer"
LANG = "lang"
ENLARGED = "enlarged"
PAGE = "page"
LESSONS = tuple(COURSE)
# What the navigation offers → the pages behind it, the first of which it opens.
SECTIONS = {
    "explorer": ("explorer",),
    "lessons": ("lessons", *LESSONS),
    "playground": ("playground",),
}
PAGES = tuple(page for pages in SECTIONS.values() for page in pages)
DONE = "done"
# What can be done: the lessons, and each exhibit of the museum.
MARKS = (*LESSONS, *CHOICES["exhibit"].values)
PRESENT = "present"
SHOW_QR = "qr"
CONTROLS = "controls"
# What a teacher can keep or leave out: the dials by name, and all that a page has of its own.
ALL_CONTROLS = ("n_in", "n_out", "seed", "x", "y", "recording", "presets", "choices")
V = "v"
CODE = "code"
EXAMPLE = "example"
PASS = "pass"  # noqa: S105  a backward pass
EDITOR = "editor"
# What is shown of a graph; it means nothing for another one.
_VIEW = (SELECT, STEP, LAYER, PASS)
# What means nothing on another page.
_OF_ONE_PAGE = (*_VIEW, ENLARGED, CODE, EXAMPLE, V, *CHOICES)
_UNSENT = "program_too_long_for_the_address"
EXAMPLES = (
    "linear_layer", "two_layer_mlp", "branch", "shared_weights", "in_place", "detach",
    "double_backward", "custom_function", "rnn", "attention_head",
)  # fmt: skip
MATRICES = ("w", "b", "w.grad", "b.grad")

_SWITCH = {"on": True, "off": False, "true": True, "false": False, "1": True, "0": False}
_DEFAULTS = asdict(ax.Problem())
_SHOWN_CHARS = 24


_SELECTION = re.compile(
    r"(?P<kind>node)-(?P<a>\d{1,6})"
    r"|(?P<kind2>edge)-(?P<a2>\d{1,6})-(?P<b2>\d{1,4})"
    r"|(?P<kind3>line)-(?P<a3>\d{1,5})"
    r"|(?P<kind4>cell)-(?P<name>[wb])\.grad-(?P<a4>\d{1,2})-(?P<b4>\d{1,2})",
    re.ASCII,
)
_NUMBER = r"[0-9]{1,6}"
_SMALL = r"-?[01](\.[0-9])?|-?2(\.0)?"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen.

    .kind     "node", "edge", "line" or "cell"
    .numbers  the node's id; the edge's source and slot; the line; the cell's row and column
    .name     the leaf whose gradient holds the cell: "w" or "b"
    .text     as the address spells it
    """

    kind: str
    numbers: tuple[int, ...]
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """A key of the address that could not be followed.

    .key      the key; .given what stood there, shortened; .times how often the key stood there
    .allowed  what is allowed; .used what is shown instead
    """

    key: str
    given: str
    times: int
    allowed: str
    used: str


def page() -> str:
    """Which page to show. A key, not a path: a cold server would not know the path yet."""
    asked = st.query_params.get(PAGE)
    return asked if asked in PAGES else PAGES[0]


def choose_page(choice: str) -> None:
    """Go to another page, with the dials; what was chosen on this one stays behind."""
    _rewrite(_OF_ONE_PAGE, {PAGE: choice})


def _rewrite(dropped: Iterable[str], written: Mapping[str, str]) -> None:
    """Change the address in one go: each change would be a step for the browser's Back button."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in dropped}
    st.query_params.from_dict({**kept, **written})


def section() -> str:
    """The part of the navigation that the page belongs to."""
    return next(name for name, pages in SECTIONS.items() if page() in pages)


def choose_section(choice: str | None) -> None:
    """Go to a section's first page; without a choice to that of the section one is in."""
    first = SECTIONS[choice if choice in SECTIONS else section()][0]
    if first != page():
        choose_page(first)


def choice(key: str) -> str:
    """What the address says of one of CHOICES."""
    asked = st.query_params.get(key)
    return asked if asked in CHOICES[key].values else CHOICES[key].usual


def choose(key: str, value: str | None, *dropped: str) -> None:
    """Write one of CHOICES; what was chosen of the graph before means nothing any more."""
    if value in CHOICES[key].values:
        _rewrite((*_VIEW, *dropped), {key: str(value)})


def numbers(key: str, count: int) -> tuple[float, ...]:
    """So many numbers from the address, between -2 and 2; what it does not say is 1."""
    asked = st.query_params.get(key, "").split(",")
    read = [float(text) for text in asked[:count] if re.fullmatch(_SMALL, text)]
    return (*read, *[1.0] * (count - len(read)))


def choose_numbers(key: str, chosen: Sequence[float]) -> None:
    _rewrite(_VIEW, {key: ",".join(f"{number:g}" for number in chosen)})


def done() -> tuple[str, ...]:
    """The lessons and exhibits whose question the reader has answered; the address alone knows."""
    asked = st.query_params.get(DONE, "").split(".")
    return tuple(mark for mark in MARKS if mark in asked)


def mark_done(*marks: str) -> None:
    new = [mark for mark in marks if mark not in done()]
    if new:
        st.query_params[DONE] = ".".join((*done(), *new))


def open_in_playground(source: str) -> None:
    _hold(source, _OF_ONE_PAGE, {PAGE: "playground"})


def _hold(source: str, dropped: Iterable[str], written: Mapping[str, str]) -> None:
    """Put a program into the address or, where it is too long for that, into the session."""
    st.session_state.pop(_UNSENT, None)
    packed = pack(source)
    if packed is None:
        st.session_state[_UNSENT] = source
        _rewrite((*dropped, CODE, EXAMPLE), written)
    else:
        _rewrite((*dropped, EXAMPLE), {**written, CODE: packed})


def presenting() -> bool:
    """Whether the page is projected: larger type, and only the chosen controls."""
    return st.query_params.get(PRESENT) == "1"


def left_out() -> tuple[str, ...]:
    """The controls that are not shown: outside a presentation, none."""
    asked = st.query_params.get(CONTROLS)
    if not presenting() or asked is None:
        return ()
    return tuple(name for name in ALL_CONTROLS if name not in asked.split("."))


def present(controls: Iterable[str]) -> None:
    kept = [name for name in ALL_CONTROLS if name in controls]
    _rewrite((), {PRESENT: "1", CONTROLS: ".".join(kept)})


def stop_presenting() -> None:
    _rewrite((PRESENT, CONTROLS, SHOW_QR), {})


def shows_qr() -> bool:
    return presenting() and st.query_params.get(SHOW_QR) == "1"


def toggle_qr() -> None:
    _rewrite((SHOW_QR,), {} if shows_qr() else {SHOW_QR: "1"})


def link() -> str:
    """The link to this screen for everybody else, with all controls."""
    own = (PRESENT, CONTROLS, SHOW_QR)
    kept = [(key, st.query_params[key]) for key in st.query_params if key not in own]
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(kept)}"


def language() -> str:
    """The address decides, then the browser."""
    asked = st.query_params.get(LANG)
    if asked in LANGUAGES:
        return asked
    return "ja" if (st.context.locale or "").lower().startswith("ja") else "en"


def choose_language(choice: str | None) -> None:
    if choice in LANGUAGES:
        st.query_params[LANG] = choice


def enlarged() -> str | None:
    """The matrix to show large, if any."""
    asked = st.query_params.get(ENLARGED)
    return asked if asked in MATRICES else None


def take_enlarged(name: Any) -> None:
    """Write the matrix that a component wants large into the address; twice lets go of it."""
    if name in MATRICES and name != enlarged():
        st.query_params[ENLARGED] = name
    else:
        st.query_params.pop(ENLARGED, None)


def selection() -> Selection | None:
    """What the address selects, if anything; whether it exists is for the page to see."""
    return _selection_from(st.query_params.get(SELECT, ""))


def take_selection(text: Any) -> None:
    """Write what a component selected into the address; choosing it again lets go of it."""
    if isinstance(text, str) and _selection_from(text) and text != st.query_params.get(SELECT):
        st.query_params[SELECT] = text
    else:
        st.query_params.pop(SELECT, None)


def _selection_from(text: str) -> Selection | None:
    found = _SELECTION.fullmatch(text)
    if found is None:
        return None
    parts = {name.rstrip("234"): value for name, value in found.groupdict().items() if value}
    numbers = tuple(int(parts[name]) for name in ("a", "b") if name in parts)
    return Selection(parts["kind"], numbers, parts.get("name", ""), text)


def step() -> int:
    """How many nodes have fired, for the page that steps through backward."""
    return _number(STEP) or 0


def layer() -> int | None:
    """The first layer to show of a graph too large to show whole."""
    return _number(LAYER)


def _number(key: str) -> int | None:
    text = st.query_params.get(key, "")
    return int(text) if re.fullmatch(_NUMBER, text) else None


def take_step(reached: Any) -> None:
    """Write how many nodes have fired, as a component reports it, into the address."""
    _take_number(STEP, reached)


def take_layer(reached: Any) -> None:
    """Write the first layer that a component wants to show into the address."""
    _take_number(LAYER, reached)


def _take_number(key: str, reached: Any) -> None:
    if type(reached) is int and 0 <= reached < 10**6:
        st.query_params[key] = str(reached)


@dataclass(frozen=True, slots=True)
class Program:
    """The program to show: its .source, the .example it is, if it is one unchanged, and whether
    the address holds it (.shared), so that a link brings it back."""

    source: str
    example: str | None
    shared: bool


def program(examples: Mapping[str, str], first: str) -> Program:
    """The reader's program: from the address, or what was too long for it, or an example."""
    asked = st.query_params.get(EXAMPLE)
    known = asked if asked in examples else None
    if CODE in st.query_params:
        source = unpack(st.query_params[CODE])
        if source is not None:
            return Program(source, None, True)
    elif known is None and _UNSENT in st.session_state:
        return Program(st.session_state[_UNSENT], None, False)
    if known is None:
        known = next((name for name, text in examples.items() if text == first), None)
    return Program(examples[known] if known else first, known, True)


def take_program(source: Any, examples: Mapping[str, str]) -> None:
    """Write what the editor sent into the address; what was chosen in the old one is gone."""
    if not isinstance(source, str):
        return
    source = source[: ax.DEFAULT.source_chars + 1].replace("\r\n", "\n")
    example = next((name for name, text in examples.items() if text == source), None)
    if example is None:
        _hold(source, _VIEW, {})
    else:
        choose_example(example)


def choose_example(name: str | None) -> None:
    if name and name not in EXAMPLES:
        return
    st.session_state.pop(_UNSENT, None)
    _rewrite((*_VIEW, CODE, EXAMPLE), {EXAMPLE: name} if name else {})


def chosen_pass(count: int, usual: int = -1) -> int:
    """Which of a program's backward passes to draw; -1 for the last graph, which the address calls
    "last". Where it says nothing, the usual one."""
    if st.query_params.get(PASS) == "last":
        return -1
    number = _number(PASS)
    return number if number is not None and number < count else usual


def choose_pass(number: Any) -> None:
    """Write which pass to draw; a browser may send what is none."""
    if type(number) is not int:
        return
    _rewrite(_VIEW, {PASS: "last" if number < 0 else str(number)})


def current_problem() -> ax.Problem:
    """The dials as they stand: as just moved, in the address otherwise."""
    return ax.Problem(**{key: value for key, (value, _) in _checked().items()})


def write_dials() -> None:
    """Write the address once a dial has settled.

    Called when the page has been drawn: a new address costs a browser as much as a page does.
    """
    moved = _moved()
    if moved is not None and sent(DIALS, "move").get("settled"):
        values = asdict(moved) | {"recording": "on" if moved.recording else "off"}
        st.query_params.update({key: str(value) for key, value in values.items()})


def _moved() -> ax.Problem | None:
    """What the dials have just been moved to, if they have."""
    move = sent(DIALS, "move")
    return problem_from(move) if isinstance(move, Mapping) else None


def complaints() -> list[Complaint]:
    """Every key of the address that could not be followed."""
    found = [complaint for _, complaint in _checked().values() if complaint]
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    for key, choices, used in (
        (LANG, LANGUAGES, language()),
        (PAGE, PAGES, PAGES[0]),
        (ENLARGED, MATRICES, "–"),
        (PRESENT, ("1",), "–"),
        (SHOW_QR, ("1",), "–"),
        (EXAMPLE, EXAMPLES, "–"),
        *((key, dial.values, choice(key)) for key, dial in CHOICES.items() if key in asked),
    ):
        given = asked.get(key, [])
        if len(given) > 1 or (given and given[0] not in choices):
            found.append(_complaint(key, given, ", ".join(choices), used))
    code = asked.get(CODE, [])
    if len(code) > 1 or (code and unpack(code[0]) is None):
        found.append(_complaint(CODE, code, f"zlib + base64url, ≤ {LONGEST}", "–"))
    for key, pattern, allowed, used in (
        (SELECT, _SELECTION.pattern, "node-0, edge-0-0, line-1, cell-w.grad-0-0", "–"),
        (STEP, _NUMBER, "0–999999", "0"),
        (LAYER, _NUMBER, "0–999999", "–"),
        (PASS, _NUMBER, "0–999999", "–"),
        (V, rf"({_SMALL})(,({_SMALL})){{0,5}}", "-2, -1.5, … 2", "1"),
        (DONE, r"[a-z_.]{0,600}", ".".join(LESSONS), "–"),
        (CONTROLS, rf"(({'|'.join(ALL_CONTROLS)})(\.|$))*", ".".join(ALL_CONTROLS), "–"),
    ):
        given = asked.get(key, [])
        if len(given) > 1 or (given and not re.fullmatch(pattern, given[0], re.ASCII)):
            found.append(_complaint(key, given, allowed, used))
    return found


def problem_from(values: Mapping[str, Any]) -> ax.Problem | None:
    """A problem from what a browser sent; None if it is not one."""
    try:
        return ax.Problem(**{key: values[key] for key in _DEFAULTS})
    except (KeyError, TypeError, ax.ProblemError):
        return None


def sent(key: str, name: str) -> Any:
    """What a component last sent; a browser may send anything."""
    sent = st.session_state.get(key)
    return sent.get(name) if isinstance(sent, Mapping) else None


def _checked() -> dict[str, tuple[Any, Complaint | None]]:
    """Key → the value to use, and what was wrong with the one given."""
    moved = _moved()
    if moved is not None:
        return {key: (value, None) for key, value in asdict(moved).items()}
    checked: dict[str, tuple[Any, Complaint | None]] = {}
    for key, default in _DEFAULTS.items():
        given = st.query_params.get_all(key)
        value = _parse(key, given[0]) if len(given) == 1 else None
        if value is None and given:
            used = ("on" if default else "off") if key == "recording" else str(default)
            checked[key] = default, _complaint(key, given, _allowed(key), used)
        else:
            checked[key] = default if value is None else value, None
    return checked


def _parse(key: str, text: str) -> Any:
    if key == "recording":
        return _SWITCH.get(text)
    choices = ALLOWED[key]
    if isinstance(choices, range):
        # ASCII digits only: int() would also take "１", "1_0" and " 1 ".
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else -1
        return number if number in choices else None
    return text if text in choices else None


def _allowed(key: str) -> str:
    if key == "recording":
        return "on, off"
    choices = ALLOWED[key]
    if isinstance(choices, range):
        return f"{choices.start}–{choices.stop - 1}"
    return ", ".join(choices)


def _complaint(key: str, given: list[str], allowed: str, used: str) -> Complaint:
    text = " ".join(given[0].split())
    shown = text if len(text) <= _SHOWN_CHARS else text[:_SHOWN_CHARS] + "…"
    # It is shown in a code span, which a backtick would end.
    return Complaint(key, shown.replace("`", "'"), len(given), allowed, used)
