"""Nodes, gradients and equations in a line of text each, cut to what a box or a cell can hold."""

from collections.abc import Iterable
from itertools import islice

import numpy as np

import autograd_explorer as ax
from autograd_explorer.records import Array, shape_of
from components.matrix import glyph, shape_text
from texts import Say

_MOST_NUMBERS = 3
# How long a name is, and how much a node saves and passes on, is up to the program; and all of it
# is sent for 160 boxes at once. Nothing that PyTorch itself names is cut at these lengths.
_MOST_CHARS = 60
_MOST_IN_CELL = 400
_LARGE = 1e6  # from here on in powers of ten: a label has room for a dozen digits


def clipped(text: str) -> str:
    """As much of a text as a box can hold."""
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"


def shapes_text(shapes: Iterable[str]) -> str:
    """Shapes of a node's outputs; unbind has as many as its input has rows."""
    return clipped(", ".join(islice(shapes, _MOST_CHARS)))


def listed(texts: Iterable[str], count: int, separator: str, say: Say) -> str:
    """As many of `count` texts as a cell can hold, and how many there are besides."""
    shown: list[str] = []
    room = _MOST_IN_CELL
    for text in texts:
        room -= len(text) + len(separator)
        if room < 0:
            break
        shown.append(text)
    if len(shown) < count:
        shown.append(say("more", count=f"{count - len(shown):,}"))
    return separator.join(shown)


def saved_text(saved: ax.Saved) -> str:
    """A saved tensor's shape, or a saved number's value."""
    if not saved.held:
        return saved.name
    if saved.values is not None:
        return f"{saved.name} {shape_text(shape_of(saved.values))}"
    return f"{saved.name} = {saved.plain}"


def equation_text(equation: ax.Equation) -> str:
    parts = [equation.operands[0].label]
    for operator, operand in zip(equation.operators, equation.operands[1:], strict=True):
        parts += [operator, operand.label]
    return f"grad_{equation.input} = {' '.join(parts)}"


def gradient_text(gradient: Array) -> str:
    """The numbers themselves while they are few, else the shape and the norm."""
    known = getattr(gradient, "summary", None)
    if known is None and gradient.size <= _MOST_NUMBERS and not np.iscomplexobj(gradient):
        return ", ".join(_short(float(value)) for value in gradient.flat)
    size = norm(gradient)
    return f"{shape_of(gradient)} ‖g‖ {glyph(size) or f'{size:.3g}'}"


def _short(value: float) -> str:
    return glyph(value) or f"{value:+.4{'f' if abs(value) < _LARGE else 'e'}}"


def norm(gradient: Array | None) -> float:
    """Euclidean norm of all elements, also of those that a sample leaves out; 0 for no gradient.

    In float64: the square of 1e20 is more than float32 can hold.
    """
    if gradient is None:
        return 0.0
    known = getattr(gradient, "summary", None)
    if known is not None:  # its last two elements are the extremes of all, or NaN
        return float(known.norm if not known.nonfinite else np.abs(gradient[-2:]).max())
    wider = np.complex128 if np.iscomplexobj(gradient) else np.float64
    with np.errstate(over="ignore"):
        return float(np.linalg.norm(gradient.astype(wider, copy=False)))
