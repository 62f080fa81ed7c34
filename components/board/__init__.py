"""Draw many parts of a page as one element.

Streamlit's browser marks, draws and lays out each element of a rerun by itself, which costs more
than what stands in it: two dozen of them do not follow a finger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from components.assets import Mount, collected, register

_mount = register("board", isolated=False)


class Columns(NamedTuple):
    weights: Sequence[float]
    columns: Sequence[list[Any]]


class Slide(NamedTuple):
    name: str
    order: int
    parts: list[Any]


class Folded(NamedTuple):
    title: str
    open: bool
    parts: list[Any]


@contextmanager
def board(key: str, *, choose: Callable[[Any], object] | None = None) -> Iterator[None]:
    """Collect what components and prose draw in this block, and draw it as one element.

    Streamlit's own elements do not fit in.

    choose  told what a button in the prose stands for (components/prose.py, choice)
    """
    parts: list[Any] = []
    with _collecting(parts):
        yield
    events = {part.key: part.events for part in _mounts(parts)}

    def take(report: Any) -> None:
        """Hand what a part reports to whom it concerns; a browser may send anything."""
        match report:
            case ["", "choose", value] if choose is not None:
                choose(value)
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


def _mounts(parts: Iterable[Any]) -> Iterator[Mount]:
    for part in parts:
        if isinstance(part, Mount):
            yield part
        elif isinstance(part, Columns):
            for column in part.columns:
                yield from _mounts(column)
        elif isinstance(part, (Folded, Slide)):
            yield from _mounts(part.parts)


def _built(part: Any) -> Any:
    """Prose as a string, a component as [name, key, data], columns as {weights, columns}, a
    section as {title, open, parts}, a slide as {slide, order, parts}."""
    if isinstance(part, Mount):
        return [part.name, part.key, part.data]
    if isinstance(part, Columns):
        columns = [[_built(inner) for inner in column] for column in part.columns]
        return {"weights": part.weights, "columns": columns}
    if isinstance(part, Slide):
        parts = [*map(_built, part.parts)]
        return {"slide": part.name, "order": part.order, "parts": parts}
    if isinstance(part, Folded):
        return {"title": part.title, "open": part.open, "parts": [*map(_built, part.parts)]}
    return part
