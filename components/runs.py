"""The last runs: what is chosen of a run, is chosen without running it again.

A Run is frozen, and follows from its text alone; random numbers are those of a fresh process. So
a change of the address that leaves the text as it is shows the run that is there. A class whose
dials stand alike shows the same runs of our own programs, with what has been computed from them; a
reader's own run is for the session that asked for it.

Programs that our own dials write run in this process, which is faster; those of readers run in
processes of their own, and so do our own if they take long.
"""

import operator
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import streamlit as st

import autograd_explorer as ax
from autograd_explorer.records import Array, TensorView, View
from components.server import someone_clicked
from components.turns import TURNS

MOST_RUNS = 8  # of a session; a page has as many programs at the most
# Of all sessions together; the one that holds most gives way first. A replica has 1 GB, and most
# of it is for the server, and for workers while they run (autograd_explorer/workers/sandbox.py).
MOST_BYTES = 64 * 2**20
MOST_ENDINGS = 64  # of the museum's programs, of which the wall shows 46
# Of our own programs, for all sessions: as many as a class's dials stand at, a gesture long.
MOST_SHARED, MOST_SHARED_BYTES = 48, 8 * 2**20
# Of each record besides its arrays, roughly.
_RECORD = 400
Found = TypeVar("Found")
_KEY, _STOPPED = "last_runs", "stopped_run"


class LastRuns:
    """Runs by their text; the one that was used longest ago goes first."""

    def __init__(self) -> None:
        self.size = 0
        self._kept: OrderedDict[str, tuple[ax.Run, int, bool]] = OrderedDict()
        _sessions.add(self)

    def get(self, source: str, *, clues: bool = False) -> ax.Run | None:
        """The last run of a text; with clues, only if it gathered what the diagnosis needs."""
        run, _, with_clues = self._kept.get(source, (None, 0, False))
        if run is None or (clues and not with_clues):
            return None
        self._kept.move_to_end(source)
        return run

    def keep(self, run: ax.Run, *, clues: bool = True) -> None:
        if run.error is not None and run.error.key == "no_worker":
            return
        size = size_of(run, MOST_BYTES)
        if size > MOST_BYTES:
            return
        self.forget(run.source)
        self._kept[run.source] = run, size, clues
        self.size += size
        if len(self._kept) > MOST_RUNS:
            self.drop_oldest()
        while sum(each.size for each in _sessions) > MOST_BYTES:
            max(_sessions, key=lambda each: each.size).drop_oldest()

    def forget(self, source: str) -> None:
        _, size, _ = self._kept.pop(source, (None, 0, False))
        self.size -= size

    def drop_oldest(self) -> None:
        self.forget(next(iter(self._kept)))


_sessions: weakref.WeakSet[LastRuns] = weakref.WeakSet()


class SharedRuns:
    """Runs of our own programs by their text, and by what they are called what has been computed of
    them; the one that was used longest ago goes first."""

    def __init__(self) -> None:
        self.size = 0
        self._kept: OrderedDict[str, tuple[ax.Run, int, bool]] = OrderedDict()
        self._found: dict[int, dict[tuple[object, ...], tuple[object, Any]]] = {}
        self._lock = threading.Lock()

    def get(self, source: str, *, clues: bool) -> ax.Run | None:
        with self._lock:
            run, _, with_clues = self._kept.get(source, (None, 0, False))
            if run is None or (clues and not with_clues):
                return None
            self._kept.move_to_end(source)
            return run

    def keep(self, run: ax.Run, *, clues: bool) -> None:
        """A run that a limit has ended is no run of that text, but of a busy machine."""
        size = size_of(run, MOST_SHARED_BYTES)
        if size > MOST_SHARED_BYTES // 8 or (run.error is not None and run.error.kind == "limit"):
            return
        with self._lock:
            self._drop(run.source)
            self._kept[run.source] = run, size, clues
            self._found[id(run)] = {}
            self.size += size
            while len(self._kept) > MOST_SHARED or self.size > MOST_SHARED_BYTES:
                self._drop(next(iter(self._kept)))

    def found(self, run: ax.Run) -> dict[tuple[object, ...], tuple[object, Any]] | None:
        """What has been computed of a run that is kept here."""
        return self._found.get(id(run))

    def _drop(self, source: str) -> None:
        if source in self._kept:
            run, size, _ = self._kept.pop(source)
            del self._found[id(run)]
            self.size -= size


shared = SharedRuns()


def run_of(source: str, *, clues: bool = False) -> ax.Run:
    """What a program of ours did when it ran last; it runs if that is not known.

    clues  it has to have gathered what the diagnosis needs, which takes time
    """
    last = _last_runs()
    known = last.get(source, clues=clues)
    if known is None:
        known = shared.get(source, clues=clues)
        if known is None:
            known = ax.run(source, clues=clues)
            shared.keep(known, clues=clues)
        last.keep(known, clues=clues)
    return known


class Ending(NamedTuple):
    """How a program ended: the .error by its type and message, "" if there was none, and what was
    .printed."""

    error: str
    printed: str


endings: dict[str, Ending] = {}


def ending_of(source: str) -> Ending:
    """How a program of ours ends: it runs once a server, where many are shown by their ends alone.

    One that was ended by a limit, as on a busy machine, runs again when it is asked for again.
    """
    known = endings.get(source)
    if known is None:
        run = ax.run(source, clues=False)
        told = f"{run.error.type}: {run.error.message}" if run.error else ""
        known = Ending(told, run.printed)
        if run.error is None or run.error.kind != "limit":
            endings[source] = known
        if len(endings) > MOST_ENDINGS:
            del endings[next(iter(endings))]
    return known


def run_apart(source: str, report: Callable[[int], object] | None = None) -> ax.Run:
    """The same for a program of anybody's, in a process of its own.

    It ends when the reader clicks something, and what it had done until then is shown until the
    click takes effect. If that was stop_run's, it stays.

    report  called several times a second, with the number of loop turns so far
    """

    def look(turns: int) -> None:
        if someone_clicked():
            raise ax.StopRun
        if report is not None:
            report(turns)

    last = _last_runs()
    known = last.get(source)
    if known is None:
        with TURNS.given_up():
            known = ax.run(source, report=look, isolated=True, reader=id(last))
        if known.error is not None and known.error.key == "stopped":
            st.session_state[_STOPPED] = known
        else:
            last.keep(known)
    return known


def stop_run(source: str) -> None:
    """Leave the program as it was when this was clicked, until it is run anew."""
    stopped: ax.Run | None = st.session_state.pop(_STOPPED, None)
    if stopped is not None and stopped.source == source:
        _last_runs().keep(stopped)


def is_kept(source: str) -> bool:
    return _last_runs().get(source) is not None


def run_anew(source: str) -> None:
    """Have the program run when it is shown next: that is what pressing Run is for."""
    _last_runs().forget(source)


def proof_of(run: ax.Run) -> ax.Proof:
    """autograd_explorer.prove, which computes ten times as long as the run."""
    return once(run, "proof", lambda: ax.prove(run))


def once(run: ax.Run, what: str, find: Callable[[], Found], *also: object) -> Found:
    """What is computed from a run, once for a run. It is kept with one that all sessions share; of
    others, the last one's is remembered.

    also  other objects that it is computed from, such as one of the run's graphs
    """
    kept = shared.found(run)
    if kept is not None:
        name = what, *map(id, also)
        if name not in kept:
            kept[name] = also, find()  # with what it is named by, as an id is one's only as long
        found: Found = kept[name][1]
        return found
    key = f"found-{what}"
    known: tuple[tuple[object, ...], Found] | None = st.session_state.get(key)
    if known is None or not all(map(operator.is_, known[0], (run, *also))):
        known = st.session_state[key] = (run, *also), find()
    return known[1]


def _last_runs() -> LastRuns:
    if _KEY not in st.session_state:
        st.session_state[_KEY] = LastRuns()
    last: LastRuns = st.session_state[_KEY]
    return last


def size_of(run: ax.Run, most: int) -> int:
    """Bytes that a run holds, about; counting ends above the most that is of interest."""
    size = len(run.source) + len(run.printed)
    seen: set[int] = set()
    for array in _arrays(run):
        size += _RECORD
        if array is not None and id(array) not in seen:
            seen.add(id(array))
            size += array.nbytes
        if size > most:
            break
    return size


def _arrays(run: ax.Run) -> Iterator[Array | None]:
    """The arrays of each record, and None for one that has none."""
    views: list[View] = [*run.variables.values()]
    for statement in run.statements:
        yield None
        views += statement.assigned.values()
    for view in views:
        yield None
        if isinstance(view, TensorView):
            yield view.values
            yield view.grad
    graphs = {id(graph): graph for graph in (*run.backwards, run.graph) if graph is not None}
    for graph in graphs.values():
        for node in graph.nodes:
            yield from node.upstream
            yield from (saved.values for saved in node.saved)
        for edge in graph.edges:
            yield edge.gradient
