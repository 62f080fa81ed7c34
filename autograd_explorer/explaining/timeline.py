"""A run as a row of moments: each executed line, and each node that backward ran.

Only what the run recorded is put in a row; nothing runs again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from autograd_explorer.records import BackwardGraph, Edge, Run

_MOST = 400
_LARGEST = 2_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A node with several edges that carry, after one more of them has: .arrived of .of."""

    node: int
    arrived: int
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One step of a program as it ran.

    .kind       "line" one execution of a line; "node" one node that backward ran; "error" the end
                of a program that stopped early
    .line       of the program; of a node, the line that ran backward; 0 where it is not known
    .turn       which execution of that line it is, from 1
    .statement  its position in Run.statements; None for an error without one
    .backward   the position in Run.backwards of the pass through the shown graph that a node
                belongs to, or that comes right after a line; else None
    .draws      the nodes of the shown graph that exist from now on
    .fired      the node that ran, and before it those of moments that were left out
    .sends      the edges on which a gradient was sent
    .arrivals   where those meet others
    .fills      the names of the tensors whose .grad has been added into
    .skipped    how many moments before it were left out; what they did is told here
    """

    kind: Literal["line", "node", "error"]
    line: int
    turn: int
    statement: int | None
    backward: int | None = None
    draws: tuple[int, ...] = ()
    fired: tuple[int, ...] = ()
    sends: tuple[Edge, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    fills: tuple[str, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """.moments that are shown, .of how many there are; .graph that they tell of, if any."""

    moments: tuple[Moment, ...]
    of: int
    graph: BackwardGraph | None


def timeline(
    run: Run,
    graph: BackwardGraph | None = None,
    most: int = _MOST,
    largest: int = _LARGEST,
) -> Timeline:
    """The moments of a run, told of one of its graphs: by default that of its last backward.

    A program that goes through one graph several times has the nodes of every pass. Of a graph with
    more nodes or edges than the largest nothing is told: then there are only lines.
    """
    if graph is None:
        graph = run.backwards[-1] if run.backwards else run.graph
    if graph is not None and max(len(graph.nodes), len(graph.edges)) > largest:
        graph = None
    moments = [*_moments(run, graph)]
    return Timeline(tuple(_thinned(moments, most)), len(moments), graph)


def _moments(run: Run, graph: BackwardGraph | None) -> Iterator[Moment]:
    drawn: dict[int, list[int]] = {}
    places = [*enumerate(_drawn_at(run, graph))] if graph else []
    for node, at in reversed(places):  # the root is the first of the nodes, and the last recorded
        drawn.setdefault(at, []).append(node)
    passes = _passes_by_place(run)
    filled: set[str] = set()

    def fresh(names: Iterable[str]) -> tuple[str, ...]:
        new = tuple(name for name in dict.fromkeys(names) if name and name not in filled)
        filled.update(new)
        return new

    for at, one in enumerate(run.statements):
        ended = [(k, owner, run.backwards[k]) for k, owner in passes.get(at, ())]
        through = [(k, owner, made) for k, owner, made in ended if graph and _same(made, graph)]
        others = [made for _, _, made in ended if not (graph and _same(made, graph))]
        yield Moment(
            "line",
            one.line,
            one.turn,
            at,
            through[0][0] if through else None,
            tuple(drawn.get(at, ())),
            fills=fresh(name for made in others for name in made.filled),
        )
        for k, owner, made in through:
            line, turn = run.statements[owner].line, run.statements[owner].turn
            for node, sends, arrivals in _fired(made):
                names = (made.nodes[node].tensor or "").split(", ")
                fills = fresh(name for name in names if name in made.filled)
                yield Moment("node", line, turn, owner, k, (), (node,), sends, arrivals, fills)
    if run.error is not None:
        last = len(run.statements) - 1
        turn = run.statements[last].turn if run.statements else 1
        yield Moment("error", run.error.line, turn, last if run.statements else None)


def _passes_by_place(run: Run) -> dict[int, list[tuple[int, int]]]:
    """The passes that ran once a statement had begun: their numbers, each with the position of the
    statement that ran it.

    A call that leads to a backward has it too, as has the statement inside that really runs it,
    which begins later. In model(x).sum().backward() the statements of the model begin later than
    the one that runs the backward, and are over before it does.
    """
    owners = {number: at for at, one in enumerate(run.statements) for number in one.backwards}
    places: dict[int, list[tuple[int, int]]] = {}
    latest = 0
    for number in sorted(owners):
        latest = max(latest, owners[number], *run.backwards[number].recorded)
        places.setdefault(latest, []).append((number, owners[number]))
    return places


def _same(one: BackwardGraph, other: BackwardGraph) -> bool:
    """Whether two passes went through the same graph."""
    if one is other:
        return True
    return one.recorded == other.recorded and _shape(one) == _shape(other)


def _shape(graph: BackwardGraph) -> object:
    ends = [(edge.source, edge.slot, edge.target, edge.input_nr) for edge in graph.edges]
    return [node.name for node in graph.nodes], ends


def _fired(
    graph: BackwardGraph,
) -> Iterator[tuple[int, tuple[Edge, ...], tuple[Arrival, ...]]]:
    """Each node that ran, in the engine's order, what it sent, and where that met others."""
    sends: dict[int, list[Edge]] = {}
    expected: dict[int, int] = {}
    for edge in graph.edges:
        if edge.target is not None and edge.gradient is not None:
            sends.setdefault(edge.source, []).append(edge)
            expected[edge.target] = expected.get(edge.target, 0) + 1
    arrived: dict[int, int] = {}
    for node in dict.fromkeys(graph.order):  # each once, whatever a hostile program's process sent
        sent = tuple(sends.get(node, ()))
        met: dict[int, Arrival] = {}
        for edge in sent:
            to = edge.target
            assert to is not None  # noqa: S101
            arrived[to] = arrived.get(to, 0) + 1
            if expected[to] > 1:
                met[to] = Arrival(to, arrived[to], expected[to])
        yield node, sent, tuple(met.values())


def _drawn_at(run: Run, graph: BackwardGraph) -> list[int]:
    """For each node, the position of the statement from which on it exists.

    A leaf exists from the line that made it. A call is one statement that begins before those of
    the function that it calls, and what it records comes after theirs: so no node is earlier than
    those that it leads to.
    """
    if not graph.recorded or not run.statements:
        return [0] * len(graph.nodes)
    lines: dict[int, list[int]] = {}
    for at, one in enumerate(run.statements):
        lines.setdefault(one.line, []).append(at)
    drawn = list(graph.recorded)
    for node in graph.nodes:
        made = lines.get(node.line or 0)
        if node.kind == "leaf" and made:
            drawn[node.id] = made[max(0, bisect_right(made, drawn[node.id]) - 1)]
    leading: list[list[int]] = [[] for _ in graph.nodes]
    waiting = [0] * len(graph.nodes)
    for edge in graph.edges:
        if edge.target is not None:
            leading[edge.target].append(edge.source)
            waiting[edge.source] += 1
    ready = [number for number, count in enumerate(waiting) if not count]
    for number in ready:  # grows while we walk it
        for user in leading[number]:
            drawn[user] = max(drawn[user], drawn[number])
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    return drawn


def _thinned(moments: list[Moment], most: int) -> Iterator[Moment]:
    """At most so many: first those at which something happens in the graph, then the others, both
    evenly. What is left out is told at the next one that is kept."""
    last = len(moments) - 1
    busy: list[int] = []
    quiet: list[int] = []
    for at, one in enumerate(moments):
        happens = one.kind != "line" or one.draws or one.backward is not None or at == last
        (busy if happens else quiet).append(at)
    busy = _evenly(busy, most)
    begun = 0
    for at in sorted([*busy, *_evenly(quiet, most - len(busy))]):
        yield _merged(moments[begun : at + 1])
        begun = at + 1


def _evenly(numbers: list[int], most: int) -> list[int]:
    """At most so many of the numbers, the last of them always."""
    count = len(numbers)
    if count <= most:
        return numbers
    return [numbers[(i + 1) * count // most - 1] for i in range(most)]


def _merged(several: list[Moment]) -> Moment:
    *skipped, last = several
    if not skipped:
        return last
    passes = [one.backward for one in several if one.backward is not None]
    backward = passes[-1] if passes else None
    latest = [one for one in several if one.backward == backward]  # else no longer seen
    return replace(
        last,
        backward=backward,
        draws=tuple(node for one in several for node in one.draws),
        fired=tuple(node for one in latest for node in one.fired),
        sends=tuple(edge for one in latest for edge in one.sends),
        arrivals=tuple({a.node: a for one in latest for a in one.arrivals}.values()),
        fills=tuple(name for one in several for name in one.fills),
        skipped=len(skipped),
    )
