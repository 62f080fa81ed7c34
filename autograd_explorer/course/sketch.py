"""What a lesson shows, in little: a few numbers of its own run, for the picture on its card."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograd_explorer.records import Array, BackwardGraph


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """.graph a recorded graph; .back whether gradients travel in it; .shadow whether it is only
    what would have been recorded"""

    graph: BackwardGraph
    back: bool = False
    shadow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """.heights of bars that stand in a row, one group a member"""

    heights: Sequence[float]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """.y over .x, (n,) each; .at the place of a dot on it, if any; .slope of a line through that"""

    x: Array
    y: Array
    at: int | None = None
    slope: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """.values (rows, columns), by sign and size"""

    values: Array


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """.values (rows, columns) of a map over .rows and .columns, and the .path of a walk on it, a
    (row, column) a step"""

    values: Array
    rows: Array
    columns: Array
    path: tuple[Array, Array]


Sketch = Graph | Bars | Curve | Grid | Path
