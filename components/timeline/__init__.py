"""Play a program as it ran: line by line, and its backward node by node.

All moments are sent at once, and the browser plays them; what else stands on the page listens to
it there (static/page.js).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import autograd_explorer as ax
from autograd_explorer.records import LINE
from components.assets import register
from components.graph_view.describe import clipped
from texts import Say

_mount = register("timeline")

_MOST_NAMES = 3
_LABELS = ("timeline", "play", "pause", "back", "step", "restart", "position", "runs")


class Built(NamedTuple):
    """All moments of a run, as the engine found them, and as they are sent (build_timeline)."""

    line: ax.Timeline
    data: dict[str, Any]


def built_of(
    run: ax.Run, graph: ax.BackwardGraph | None, say: Say, files: Sequence[str] = ()
) -> Built:
    """All moments of a run of which a graph is shown.

    files  the names of the program's files, if there are several
    """
    line = ax.timeline(run, graph)
    data = build_timeline(run, line, say)
    if len(files) > 1:
        data["labels"] |= {"files": files}
    return Built(line, data)


def show_timeline(
    built: Built,
    key: str,
    *,
    drawn_by: str | None = None,
    held: int | None = None,
    at: int | None = None,
    fired: int | None = None,
    on_moment: Callable[[Any], object] = lambda _: None,
) -> None:
    """Draw the bar that plays a run.

    drawn_by   the key of the component that shows its graph
    held       the moment at which all stands still, without a bar, until a question is answered;
               from there it then plays by itself
    at         the moment to stand at; None for the end
    fired      the same as a number of nodes that have run, which older links say
    on_moment  is told where the reader stands, a little later
    """
    line, told = built
    place = at if at is not None else moment_of(line, fired)
    if held is not None:
        place = held
    at = place if place is not None and place < len(line.moments) else None
    data = {**told, "graph": drawn_by, "held": held is not None, "at": at}
    _mount(key, data, moment=on_moment)


def build_timeline(run: ax.Run, line: ax.Timeline, say: Say) -> dict[str, Any]:
    """All moments of a run, as static/timeline/state.js describes them."""
    graph, told = line.graph, line.moments
    turns = Counter((one.line, one.turn > 1) for one in run.statements)
    ran = _lines_that_ran(run, told)
    slots = None if graph is None else _slots(graph)
    moments = [
        _without_empty(
            {
                "line": moment.line,
                "turn": moment.turn if turns[moment.line, True] and moment.kind == "line" else 0,
                "text": say("then").join(_did(moment, graph, say)),
                "ran": ran.get(i),
                "draws": moment.draws,
                "fired": moment.fired,
                "sends": [f"{edge.source}-{edge.slot}" for edge in moment.sends],
                "arrivals": {str(a.node): f"{a.arrived} / {a.of}" for a in moment.arrivals},
                "fills": moment.fills,
                "light": graph.nodes[moment.fired[-1]].line if graph and moment.fired else None,
            }
        )
        | ({} if moment.backward is None else {"backward": moment.backward})
        for i, moment in enumerate(told)
    ]
    thinned = line.of > len(told)
    return {
        "moments": moments,
        "slots": slots,
        "labels": {name: say(name) for name in _LABELS} | _templates(say),
        "end": _end(run, graph, say),
        "thinned": say("thinned", shown=f"{len(told):,}", count=f"{line.of:,}") if thinned else "",
    }


def moment_of(line: ax.Timeline, fired: int | None) -> int | None:
    """The moment at which so many nodes have run; before the first it is the line that runs
    backward."""
    if fired is None:
        return None
    if fired == 0:
        begins = (i for i, moment in enumerate(line.moments) if moment.backward is not None)
        return next(begins, None)
    counts = [*accumulate(len(moment.fired) for moment in line.moments)]
    place = bisect_left(counts, fired)
    return place if place < len(counts) else None


def _slots(graph: ax.BackwardGraph) -> list[int]:
    """How many edges leave each node, those that lead to a None included."""
    counts = Counter(edge.source for edge in graph.edges)
    return [counts[node.id] for node in graph.nodes]


def _lines_that_ran(run: ax.Run, moments: Sequence[ax.Moment]) -> dict[int, list[int]]:
    """For each moment, the lines whose notes are true from then on.

    A note tells what the last execution of its line did, backward included.
    """
    begun = list(accumulate((m.statement or 0 if m.kind == "line" else 0 for m in moments), max))
    last_fired = {m.statement: i for i, m in enumerate(moments) if m.kind == "node"}
    last = {one.line: at for at, one in enumerate(run.statements)}
    ran: dict[int, list[int]] = {}
    for line, at in last.items():
        ran.setdefault(max(bisect_left(begun, at), last_fired.get(at, 0)), []).append(line)
    return ran


def _templates(say: Say) -> dict[str, str]:
    """What every caption begins with; the browser fills in the numbers of hundreds of moments."""
    return {name: say(name, line="{line}", turn="{turn}") for name in ("at_line", "at_turn")}


def _end(run: ax.Run, graph: ax.BackwardGraph | None, say: Say) -> str:
    ended = say("ended_by_error", line=run.error.line & LINE) if run.error else say("ended")
    return ended + (say("end_drawn") if graph is not None else "")


def _did(moment: ax.Moment, graph: ax.BackwardGraph | None, say: Say) -> Iterable[str]:
    if moment.kind == "error":
        yield say("stops")
        return
    if graph is not None:
        nodes = [graph.nodes[number] for number in moment.draws]
        if leaves := [clipped(node.tensor or node.name) for node in nodes if node.kind == "leaf"]:
            yield say("draws_leaf", names=_several(leaves, say))
        if others := [clipped(node.name) for node in nodes if node.kind == "operation"]:
            yield say("draws", names=_several(others, say))
        if moment.kind == "line" and moment.backward is not None:
            yield say("begins", node=clipped(graph.nodes[0].name))
        if moment.kind == "node":
            node = graph.nodes[moment.fired[-1]]
            if node.kind == "operation":
                made = f" ({clipped(node.tensor)})" if node.tensor else ""
                yield say("fires", node=f"{clipped(node.name)}{made}")
            elif graph.captured:
                yield say("hands_back", name=clipped(node.tensor or node.name))
            elif not moment.fills:
                yield say("adds", name=clipped(node.tensor or node.name))
        for one in moment.arrivals[-_MOST_NAMES:]:
            words = "waits" if one.arrived < one.of else "complete"
            name = clipped(graph.nodes[one.node].tensor or graph.nodes[one.node].name)
            yield say(words, node=name, arrived=one.arrived, of=one.of)
    if moment.fills:
        yield say("fills", names=_several([f"{clipped(name)}.grad" for name in moment.fills], say))


def _several(names: Sequence[str], say: Say) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return say("more", names=shown, count=f"{more:,}") if more > 0 else shown


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value}
