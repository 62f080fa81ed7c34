"""Loops over values, one item after another. The time limit is checked between items, and methods
that the program defines are called by the interpreter, never by Python's own loop."""

import enum
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import GeneratorType
from typing import Any

import numpy as np
from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Absent
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import ITERATORS, MISSING, VIEWS, python_name

_WALKABLE: tuple[type, ...] = (
    list, tuple, str, bytes, dict, set, frozenset, deque, range, Tensor, np.ndarray, *VIEWS,
    *ITERATORS,
)  # fmt: skip
# How many items go into a set or a dict between two checks of the time limit.
_AT_A_TIME = 256
_SIMPLE_KEYS = frozenset({int, float, str, bool, type(None)})


class Walking:
    """The loops of one run."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.budget = runtime.budget
        self.classes = runtime.classes
        self.influence = runtime.observer.influence

    def may_walk(self, values: Any) -> bool:
        if isinstance(values, _WALKABLE):
            return True
        names = ("__iter__", "__getitem__")
        return any(self.runtime.attributes.special(values, name) is not MISSING for name in names)

    def walk(self, values: Any) -> Any:
        """The items of anything that a program may loop over.

        The interpreter itself calls the __next__ of an iterator that the program defines, so that
        it can check the time limit between two items.
        """
        if isinstance(values, _WALKABLE):
            if isinstance(values, Tensor) and values.ndim:
                self.budget.check_length([], len(values))
            if isinstance(values, GeneratorType):
                self.influence.walks(values)
            return self.influence.items(values, iter(values))  # type: ignore[call-overload]
        if isinstance(values, Function) and isinstance(values.cls, enum.EnumMeta):
            return iter(list(values.cls))
        if isinstance(values, Absent):
            raise Refused("absent", values.path)
        method = self.runtime.attributes.special(values, "__iter__")
        if method is not MISSING:
            return self._walk_iterator(self.runtime.calls.call_value(method, (), {}))
        if hasattr(values, "__iter__") and type(values) not in self.classes:
            raise Refused("loop", type(values).__name__)
        item = self.runtime.attributes.special(values, "__getitem__")
        if item is not MISSING:
            return self._items_by_number(item)
        raise TypeError(f"{python_name(values)!r} object is not iterable")

    def _walk_iterator(self, iterator: Any) -> Any:
        if isinstance(iterator, ITERATORS):
            return iter(iterator)
        following = self.runtime.attributes.special(iterator, "__next__")
        if following is MISSING:
            raise TypeError(f"iter() returned non-iterator of type {python_name(iterator)!r}")
        return self._items_of(following)

    def _items_of(self, following: Callable[[], Any]) -> Iterator[Any]:
        while True:
            self.budget.check_time()
            try:
                item = following()
            except StopIteration:
                return
            yield item

    def _items_by_number(self, item: Callable[[int], Any]) -> Iterator[Any]:
        """Walk an object that has __getitem__ but no __iter__: items 0, 1, 2, … until
        IndexError."""
        for number in itertools.count():
            self.budget.check_time()
            try:
                found = item(number)
            except IndexError:
                return
            yield found

    def items(self, values: Any) -> list[Any]:
        """All items of a value, as a list."""
        items = []
        for item in self.walk(values):
            items.append(item)
            if len(items) > self.budget.limits.items:
                raise self.budget.stop("items")
            if len(items) % 1024 == 0:
                self.budget.check_time()
                if isinstance(values, np.ndarray):  # which makes a number for each item
                    self.budget.count_bytes(32 * 1024)
        return items

    def is_mapping(self, values: Any) -> bool:
        if isinstance(values, dict):
            return True
        item = self.runtime.attributes.special(values, "__getitem__")
        own = item is not MISSING and type(values) in self.classes
        return own and self.runtime.attributes.find(values, "keys") is not MISSING

    def mapping(self, values: Any) -> dict[Any, Any]:
        """A mapping as a dict that the interpreter made: `**values`.

        Raises:  TypeError, for what is none
        """
        if isinstance(values, dict):
            return values
        if not self.is_mapping(values):
            raise TypeError(f"{python_name(values)!r} object is not a mapping")
        keys = self.runtime.attributes.find(values, "keys")
        item = self.runtime.attributes.special(values, "__getitem__")
        pairs = [
            (key, item(key)) for key in self.items(self.runtime.calls.call_value(keys, (), {}))
        ]
        return self.filled({}, pairs)

    def filled(self, made: dict[Any, Any], pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
        """Put pairs into a dict, and check the time limit after every few. If all keys have the
        same hash, each new key is compared with all earlier ones, which takes quadratic time."""
        for count, (key, value) in enumerate(pairs):
            if count % _AT_A_TIME == 0:
                self.budget.check_time()
            if type(key) not in _SIMPLE_KEYS:
                self.budget.weigh(key)
            made[key] = value
        return made

    def set_of(self, items: list[Any], made: set[Any] | None = None) -> set[Any]:
        """Put items into a set, with the time limit checked in the same way."""
        self.budget.weigh(items)
        made = set() if made is None else made
        for start in range(0, len(items), _AT_A_TIME):
            self.budget.check_time()
            made.update(items[start : start + _AT_A_TIME])
        return made
