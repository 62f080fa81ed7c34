"""A Run as bytes, and back: how it travels from a process that nobody trusts.

The annotations of the records are the format. Each record becomes a list of its fields, in JSON;
arrays stand behind it as they lie in memory, and the JSON has their numbers. Nothing is unpickled:
what arrives is checked against the same annotations, field by field, and can be nothing but
records, numbers, texts and read-only arrays. An array or a graph that two records share is sent
once, and is shared again where it arrives.
"""

import json
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from autograd_explorer.figures import hold
from autograd_explorer.records import Array, BackwardGraph, Entry, Run, TensorView

# Of the JSON: characters, and commas and brackets, each of which may become an object of 60 bytes.
_MOST_TEXT, _MOST_ITEMS = 24 * 2**20, 3_000_000
_HEAD = struct.Struct("<Q")  # the length of the JSON
_ALIGNED = 16
# Kinds of numbers that PyTorch has and NumPy knows: truth values, whole, real, complex.
_KINDS = "biufc"
_MOST_DIMENSIONS = 64
_MOST_ENTRIES = 200  # of the ledger


class BadMessage(ValueError):
    """What has arrived is no Run."""


class TooLarge(ValueError):
    """The Run is larger than what may be sent."""


def packed(run: Run) -> bytes:
    """A Run as bytes.

    Raises:  TooLarge, where unpacked() would not take it
    """
    sent = _Sent()
    tree = _record_writer(Run)(run, sent)
    text = json.dumps([tree, sent.graphs, sent.shapes], separators=(",", ":")).encode()
    if len(text) > _MOST_TEXT or _items_in(text) > _MOST_ITEMS:
        raise TooLarge(f"{len(text):,}")
    parts: list[bytes | memoryview] = [_HEAD.pack(len(text)), text]
    size = _HEAD.size + len(text)
    for array in sent.arrays:
        gap = -size % _ALIGNED
        parts += [bytes(gap), array.reshape(-1).view(np.uint8).data]
        size += gap + array.nbytes
    return b"".join(parts)


def unpacked(message: bytes, source: str) -> Run:
    """The Run in a message, whose program the receiver knows.

    Raises:  BadMessage
    """
    try:
        (length,) = _HEAD.unpack_from(message)
        text = message[_HEAD.size : _HEAD.size + length]
        if len(text) != length or length > _MOST_TEXT or _items_in(text) > _MOST_ITEMS:
            raise BadMessage("length")
        tree, graphs, shapes = json.loads(text)
        received = _Received(_arrays(message, _HEAD.size + length, shapes))
        received.graphs = [_record_reader(BackwardGraph)(one, received) for one in graphs]
        run: Run = _record_reader(Run)(tree, received)
    except BadMessage:
        raise
    except (struct.error, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise BadMessage(str(error)) from error
    _check(run, source)
    return run


def _items_in(text: bytes) -> int:
    return text.count(b",") + text.count(b"[") + text.count(b"{")


class _Sent:
    """The arrays and graphs of one message, each once."""

    def __init__(self) -> None:
        self.arrays: list[Array] = []
        self.shapes: list[Any] = []
        self.graphs: list[Any] = []
        self._numbers: dict[int, int] = {}

    def array(self, array: Array) -> int:
        number = self._numbers.get(id(array))
        if number is None:
            number = self._numbers[id(array)] = len(self.arrays)
            self.arrays.append(np.ascontiguousarray(array))
            self.shapes.append([array.dtype.str, array.shape])
        return number

    def graph(self, graph: BackwardGraph) -> int:
        number = self._numbers.get(id(graph))
        if number is None:
            written = _record_writer(BackwardGraph)(graph, self)
            number = self._numbers[id(graph)] = len(self.graphs)
            self.graphs.append(written)
        return number


class _Received:
    def __init__(self, arrays: list[Array]) -> None:
        self.arrays = arrays
        self.graphs: list[BackwardGraph] = []


def _arrays(message: bytes, start: int, shapes: Any) -> list[Array]:
    """The arrays behind the JSON, as views of the message, which nobody can write to."""
    found = []
    for described in shapes:
        name, shape = described
        dtype = np.dtype(name) if type(name) is str and len(name) <= 4 else None
        if dtype is None or dtype.kind not in _KINDS or len(shape) > _MOST_DIMENSIONS:
            raise BadMessage("array")
        if not all(type(n) is int and n >= 0 for n in shape):
            raise BadMessage("shape")
        start += -start % _ALIGNED
        count = math.prod(shape)
        if start + count * dtype.itemsize > len(message):
            raise BadMessage("array")
        array = np.frombuffer(message, dtype, count, start).reshape(shape)
        start += array.nbytes
        found.append(array)
    return found


# Writing, by the annotations

Writer = Callable[[Any, _Sent], Any]
_SCALARS = (bool, int, float, str, type(None))


def _writer_of(hint: Any) -> Writer | None:
    """What makes JSON of a value of this type; None if it is JSON as it stands."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda value, sent: _plain_written(value)
    if hint is BackwardGraph:
        return lambda value, sent: sent.graph(value)
    if origin is np.ndarray:
        return lambda value, sent: sent.array(value)
    if _is_record(hint):
        return _record_writer(hint)
    if origin is tuple:
        return _tuple_writer(_writer_of(inner[0]))
    if origin is Mapping:
        return _mapping_writer(_writer_of(inner[1]))
    if origin in (Union, UnionType):
        return _union_writer(inner)
    return None


@cache
def _record_writer(record: Any) -> Writer:
    names = _names(record)
    take = attrgetter(*names)
    hints = get_type_hints(record)
    writers = [
        (i, writer)
        for i, name in enumerate(names)
        if (writer := _writer_of(hints[name])) is not None
    ]

    def write(value: Any, sent: _Sent) -> list[Any]:
        written = list(take(value))
        for i, writer in writers:
            written[i] = writer(written[i], sent)
        return written

    return write


def _tuple_writer(item: Writer | None) -> Writer | None:
    if item is None:
        return None
    return lambda value, sent: [item(one, sent) for one in value]


def _mapping_writer(item: Writer | None) -> Writer:
    return lambda value, sent: {
        name: one if item is None else item(one, sent) for name, one in value.items()
    }


def _union_writer(hints: Sequence[Any]) -> Writer | None:
    """None as it is; one of several records with its name in front; one other thing as itself."""
    others = [hint for hint in hints if hint is not type(None)]
    if len(others) == 1:
        only = _writer_of(others[0])
        return only and (lambda value, sent: None if value is None else only(value, sent))
    if not all(_is_record(hint) for hint in others):
        return None
    writers = {hint: (hint.__name__, _record_writer(hint)) for hint in others}

    def write(value: Any, sent: _Sent) -> Any:
        name, writer = writers[type(value)]
        return [name, writer(value, sent)]

    return write


def _plain_written(value: Any) -> Any:
    """Saved.plain: numbers, texts, None, and tuples of them."""
    if type(value) is tuple:
        return [_plain_written(item) for item in value]
    return {"complex": [value.real, value.imag]} if isinstance(value, complex) else value


# Reading, by the annotations

Reader = Callable[[Any, _Received], Any]


def _reader_of(hint: Any) -> Reader:
    """What makes a value of this type from JSON, and raises BadMessage where it is another."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return lambda value, received: _plain_read(value)
    if hint is BackwardGraph:
        return lambda value, received: _one_of(received.graphs, value)
    if origin is np.ndarray:
        return lambda value, received: _one_of(received.arrays, value)
    if _is_record(hint):
        return _record_reader(hint)
    if origin is tuple:
        return _tuple_reader(inner[0])
    if origin is Mapping:
        return _mapping_reader(inner[1])
    if origin in (Union, UnionType):
        return _union_reader(inner)
    if origin is Literal:
        return lambda value, received: _checked(value, type(value) is str and value in inner)
    if hint not in _SCALARS:
        raise TypeError(f"no way to send {hint}")
    return lambda value, received: _checked(value, type(value) is hint)


@cache
def _record_reader(record: Any) -> Reader:
    names, hints = _names(record), get_type_hints(record)
    readers = [_reader_of(hints[name]) for name in names]

    def read(value: Any, received: _Received) -> Any:
        _checked(value, type(value) is list and len(value) == len(readers))
        return record(*[reader(one, received) for reader, one in zip(readers, value, strict=True)])

    return read


def _tuple_reader(hint: Any) -> Reader:
    if hint in _SCALARS:

        def read_scalars(value: Any, received: _Received) -> Any:
            _checked(value, type(value) is list and all(type(one) is hint for one in value))
            return tuple(value)

        return read_scalars
    item = _reader_of(hint)

    def read(value: Any, received: _Received) -> Any:
        _checked(value, type(value) is list)
        return tuple([item(one, received) for one in value])

    return read


def _mapping_reader(hint: Any) -> Reader:
    item = _reader_of(hint)

    def read(value: Any, received: _Received) -> Any:
        _checked(value, type(value) is dict)
        return MappingProxyType({name: item(one, received) for name, one in value.items()})

    return read


def _union_reader(hints: Sequence[Any]) -> Reader:
    others = [hint for hint in hints if hint is not type(None)]
    if len(others) == 1:
        only = _reader_of(others[0])
        return lambda value, received: None if value is None else only(value, received)
    readers = {hint.__name__: _record_reader(hint) for hint in others}

    def read(value: Any, received: _Received) -> Any:
        _checked(value, type(value) is list and len(value) == 2 and value[0] in readers)
        return readers[value[0]](value[1], received)

    return read


def _plain_read(value: Any) -> Any:
    if type(value) is list:
        return tuple([_plain_read(item) for item in value])
    if type(value) is dict:
        return complex(*value["complex"]) if list(value) == ["complex"] else _checked(value, False)
    return value


def _checked(value: Any, holds: bool) -> Any:
    if not holds:
        raise BadMessage(repr(value)[:80])
    return value


def _one_of(things: Sequence[Any], number: Any) -> Any:
    _checked(number, type(number) is int and 0 <= number < len(things))
    return things[number]


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, tuple))


def _names(record: Any) -> list[str]:
    return [one.name for one in fields(record)] if is_dataclass(record) else [*record._fields]


# What the annotations do not say


def _check(run: Run, source: str) -> None:
    """Numbers that stand for nodes, edges or passes are those of nodes, edges or passes that there
    are, and arrays have the shapes that are told of them."""
    graphs = {id(graph): graph for graph in (*run.backwards, run.graph) if graph is not None}
    for graph in graphs.values():
        _check_graph(graph, len(run.statements))
    nodes = len(run.graph.nodes) if run.graph else 0
    for statement in run.statements:
        holds = all(0 <= n < nodes for n in statement.nodes)
        holds &= all(0 <= n < len(run.backwards) for n in statement.backwards)
        _checked(statement.line, holds and statement.line >= 1)
    views = [*run.variables.values()]
    views += [view for statement in run.statements for view in statement.assigned.values()]
    for view in views:
        if isinstance(view, TensorView):
            _checked(view.shape, view.values.shape == view.shape)
            _checked(view.shape, view.grad is None or view.grad.shape == view.shape)
    _checked("ledger", len(run.ledger) <= _MOST_ENTRIES and all(map(_holds, run.ledger)))
    _checked(run.source[:80], run.source == source)
    _check_reach(run.reach)
    _checked("figures", hold(run.figures))


def _check_reach(reach: Any) -> None:
    """Positions are those of leaves, cuts and optimizers that there are."""
    leaves, cuts, holders = len(reach.leaves), len(reach.cuts), len(reach.holders)
    numbers = [n for cut in reach.cuts for n in cut.leaves]
    numbers += [n for root in reach.roots for n in root.reached]
    numbers += [n for holder in reach.holders for n in holder.replaced]
    _checked("leaf", all(0 <= n < leaves for n in numbers))
    behind = [*reach.steering, *[n for root in reach.roots for n in root.cuts]]
    _checked("cut", all(0 <= n < cuts for n in behind))
    _checked("holder", all(0 <= n < holders for leaf in reach.leaves for n in leaf.holders))
    for holder in reach.holders:
        same = len(holder.paths) == len(holder.replaced) == len(holder.replaced_on)
        _checked("holder", same)


def _holds(entry: Entry) -> bool:
    """Whether an entry's facts are pairs of a name and something plain."""
    pairs = type(entry.facts) is tuple and all(
        type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str for pair in entry.facts
    )
    return entry.line >= 0 and pairs and all(type(v) in _SCALARS for _, v in entry.facts)


def _check_graph(graph: BackwardGraph, statements: int) -> None:
    count = len(graph.nodes)
    _checked(count, count > 0 and all(node.id == i for i, node in enumerate(graph.nodes)))
    _checked("order", all(0 <= number < count for number in graph.order))
    _checked("recorded", len(graph.recorded) in (0, count))
    _checked("recorded", all(0 <= number < statements for number in graph.recorded))
    _checked("calls", all(-1 <= call.above < i for i, call in enumerate(graph.calls)))
    _checked("ages", len(graph.ages) in (0, count) and all(-1 <= age < count for age in graph.ages))
    for node in graph.nodes:
        _checked("call", -1 <= node.call < len(graph.calls))
        _checked(node.id, len(node.upstream) <= len(node.shapes) and node.name != "")
    for edge in graph.edges:
        there = edge.target is None or 0 <= edge.target < count
        _checked("edge", there and 0 <= edge.source < count and edge.slot >= 0 <= edge.input_nr)
