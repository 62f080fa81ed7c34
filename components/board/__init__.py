"""Draw many parts of a page as one element.

Streamlit's browser marks, draws and lays out each element of a rerun by itself, which costs more
than what stands in it: two dozen of them do not follow a finger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from components.assets import Mount, collected, register

_mount = register("board", isolated=False)

# Of the session, (board, title) of the sections that its reader has opened.
_OPENED = "opened_sections"
# The key of the open board.
_key: ContextVar[str] = ContextVar("key")


class Columns(NamedTuple):
    weights: Sequence[float]
    columns: Sequence[list[Any]]


class Slide(NamedTuple):
    name: str
    order: int
    parts: list[Any]


class Folded(NamedTuple):
    """.parts is None where nothing has been drawn, because the reader has not opened it."""

    title: str
    open: bool
    parts: list[Any] | None


@contextmanager
def board(key: str, *, choose: Callable[[Any], object] | None = None) -> Iterator[None]:
    """Collect what components and prose draw in this block, and draw it as one element.

    Streamlit's own elements do not fit in.

    choose  told what a button in the prose stands for (components/prose.py, choice)
    """
    parts: list[Any] = []
    outer = _key.set(key)
    try:
        with _collecting(parts):
            yield
    finally:
        _key.reset(outer)
    events = {part.key: part.events for part in _all(parts) if isinstance(part, Mount)}
    undrawn = {p.title for p in _all(parts) if isinstance(p, Folded) and p.parts is None}

    def take(report: Any) -> None:
        """Hand what a part reports to whom it concerns; a browser may send anything."""
        match report:
            case ["", "choose", value] if choose is not None:
                choose(value)
            case ["", "open", str(title)] if title in undrawn:
                _remember(key, title)
            case [str(part), str(event), value] if event in events.get(part, {}):
                events[part][event](value)

    _mount(key, [_built(part) for part in parts], report=take)


@contextmanager
def gathered() -> Iterator[list[Any]]:
    """The list has, after the block, what is drawn in it, as static/board/view.js takes it."""
    parts: list[Any] = []
    built: list[Any] = []
    with _collecting(parts):
        yield built
    built.extend(map(_built, parts))


def columns(*weights: float) -> list[AbstractContextManager[None]]:
    """Columns of the open board, for one `with` each; on a narrow screen one below the other."""
    board = _open_board()
    filled = Columns(weights, [[] for _ in weights])
    board.append(filled)
    return [_collecting(parts) for parts in filled.columns]


@contextmanager
def folded(title: str, *, unfold: bool = False) -> Iterator[None]:
    """A section of the open board that the reader opens.

    unfold  it opens by itself when this becomes true, as for what has just been chosen
    """
    board = _open_board()
    parts: list[Any] = []
    with _collecting(parts):
        yield
    if parts:
        board.append(Folded(title, unfold, parts))


def drawn_when_opened(title: str, draw: Callable[[], object], *, unfold: bool = False) -> None:
    """A section like folded() whose content takes time to compute: it is first drawn when the
    reader opens it, and from then on with the page, since the browser alone knows what is closed.

    draw    draws the content
    unfold  as of folded()
    """
    key = _key.get()
    if unfold:
        _remember(key, title)
    elif not _is_opened(key, title):
        _open_board().append(Folded(title, False, None))
        return
    with folded(title, unfold=unfold):
        draw()


def _is_opened(key: str, title: str) -> bool:
    import streamlit as st

    return (key, title) in st.session_state.get(_OPENED, ())


def _remember(key: str, title: str) -> None:
    import streamlit as st

    st.session_state.setdefault(_OPENED, set()).add((key, title))


@contextmanager
def slide(name: str, *, order: int = 0) -> Iterator[None]:
    """What fills the screen at once while the page is projected; otherwise it stands on the page
    as it is. On a board it holds parts of it, also in a column; outside, whatever is drawn in it.

    While the page is projected, what stands on a board in no slide is a slide of its own, also in
    columns or a section of which some holds a slide, and what stands neither on a board nor in a
    slide is a row above all of them. The title of a section stands above each slide in it.

    order  among the slides of the same columns, where it is not the order in which they stand there
    """
    board = collected.get()
    if board is None:
        import streamlit as st  # what stands on a board needs none

        with st.container(key=f"slide-{name}"):
            yield
        return
    parts: list[Any] = []
    with _collecting(parts):
        yield
    if parts:
        board.append(Slide(name, order, parts))


def _open_board() -> list[Any]:
    board = collected.get()
    if board is None:
        raise RuntimeError("columns and sections stand on a board")
    return board


@contextmanager
def _collecting(parts: list[Any]) -> Iterator[None]:
    outer = collected.set(parts)
    try:
        yield
    finally:
        collected.reset(outer)


def _all(parts: Iterable[Any]) -> Iterator[Any]:
    for part in parts:
        yield part
        if isinstance(part, Columns):
            for column in part.columns:
                yield from _all(column)
        elif isinstance(part, (Folded, Slide)):
            yield from _all(part.parts or ())


def _built(part: Any) -> Any:
    """Prose as a string, a component as [name, key, data], columns as {weights, columns}, a
    section as {title, open, parts}, without the parts that are not drawn, a slide as {slide,
    order, parts}."""
    if isinstance(part, Mount):
        return [part.name, part.key, part.data]
    if isinstance(part, Columns):
        columns = [[_built(inner) for inner in column] for column in part.columns]
        return {"weights": part.weights, "columns": columns}
    if isinstance(part, Slide):
        parts = [*map(_built, part.parts)]
        return {"slide": part.name, "order": part.order, "parts": parts}
    if isinstance(part, Folded):
        drawn = part.parts and [*map(_built, part.parts)]
        return {"title": part.title, "open": part.open, "parts": drawn}
    return part
