"""Methods of sets, and the special methods of containers that a program calls by name.

Each takes the Runtime as its first argument.
"""

from collections.abc import Callable
from typing import Any

from autograd_explorer.language.library.python_functions import safe_set
from autograd_explorer.language.runtime import Runtime


def _others(runtime: Runtime, several: tuple[Any, ...]) -> list[set[Any]]:
    """The arguments for a method of a set, each turned into a set if it is none."""
    return [values if isinstance(values, set) else safe_set(runtime, values) for values in several]


def set_method(name: str, cls: type = set) -> Callable[..., Any]:
    """A method that compares a set with others."""
    method = getattr(cls, name)

    def call(runtime: Runtime, values: set[Any], *others: Any) -> Any:
        made = method(values, *_others(runtime, others))
        return runtime.budget.count_plain(made)

    return call


def set_in_place(name: str) -> Callable[..., None]:
    method = getattr(set, name)

    def call(runtime: Runtime, values: set[Any], *others: Any) -> None:
        method(values, *_others(runtime, others))
        runtime.budget.capped(values)

    call.__name__ = name
    return call


def set_union(runtime: Runtime, values: set[Any], *others: Any) -> set[Any]:
    made = values.copy()
    set_update(runtime, made, *others)
    return made


def set_update(runtime: Runtime, values: set[Any], *others: Any) -> None:
    for other in others:
        runtime.walking.set_of(runtime.walking.items(other), values)
    runtime.budget.capped(values)


# What a container's special methods do, for whom calls them by name; three of them are functions of
# Python's operator, too.
ITEMS: dict[str, Callable[..., Any]] = {
    "getitem": lambda runtime, owner, index, /: runtime.operators.item(owner, index),
    "setitem": lambda runtime, owner, index, new, /: runtime.operators.set_item(owner, index, new),
    "delitem": lambda runtime, owner, index, /: runtime.operators.delete_item(owner, index),
    "contains": lambda runtime, owner, item: item in owner,
    "len": lambda runtime, owner: len(owner),
}
# The same through super() or `dict.__setitem__`, past the program's own.
NATIVE_ITEMS: dict[str, Callable[..., Any]] = {
    **ITEMS,
    "getitem": lambda runtime, owner, i, /: runtime.operators.item_of_native(owner, i),
    "setitem": lambda runtime, owner, i, new, /: runtime.operators.set_native_item(owner, i, new),
    "delitem": lambda runtime, owner, i, /: runtime.operators.delete_native_item(owner, i),
}
