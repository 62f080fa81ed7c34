"""`match`: whether a value fits a pattern, and the names that the pattern binds.

Attributes, items and lengths are asked for as everywhere else in a program. Only lists, tuples and
dicts fit the patterns of sequences and mappings: an object of the program's would be walked.
"""

import ast
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING

Bound = dict[str, Any]
# Classes of which `int(x)` stands for the value itself.
_THEMSELVES = (bool, dict, float, frozenset, int, list, set, str, tuple)


def fits(runtime: Runtime, pattern: ast.pattern, value: Any, bound: Bound) -> bool:
    """Whether the value fits; what the pattern names is put into `bound`."""
    runtime.budget.check_time()
    return _BY_KIND[type(pattern)](runtime, pattern, value, bound)


def _value(runtime: Runtime, pattern: ast.MatchValue, value: Any, bound: Bound) -> bool:
    wanted = runtime.expressions.evaluate(pattern.value)
    return bool(runtime.operators.compare(ast.Eq(), value, wanted))


def _singleton(runtime: Runtime, pattern: ast.MatchSingleton, value: Any, bound: Bound) -> bool:
    return value is pattern.value


def _as(runtime: Runtime, pattern: ast.MatchAs, value: Any, bound: Bound) -> bool:
    if pattern.pattern is not None and not fits(runtime, pattern.pattern, value, bound):
        return False
    if pattern.name is not None:
        bound[pattern.name] = value
    return True


def _or(runtime: Runtime, pattern: ast.MatchOr, value: Any, bound: Bound) -> bool:
    for part in pattern.patterns:
        names: Bound = {}
        if fits(runtime, part, value, names):
            bound.update(names)
            return True
    return False


def _sequence(runtime: Runtime, pattern: ast.MatchSequence, value: Any, bound: Bound) -> bool:
    if not isinstance(value, list | tuple | range | deque):
        return False
    if isinstance(value, range | deque):
        value = runtime.walking.items(value)
    parts = pattern.patterns
    stars = [i for i, part in enumerate(parts) if isinstance(part, ast.MatchStar)]
    if not stars:
        return len(value) == len(parts) and all(
            fits(runtime, part, item, bound) for part, item in zip(parts, value, strict=True)
        )
    star, after = stars[0], len(parts) - stars[0] - 1
    if len(value) < star + after:
        return False
    ends = [*zip(parts[:star], value[:star], strict=True)]
    ends += [*zip(parts[star + 1 :], value[len(value) - after :], strict=True)]
    name = getattr(parts[star], "name", None)
    if not all(fits(runtime, part, item, bound) for part, item in ends):
        return False
    if name is not None:
        bound[name] = runtime.budget.count_plain(list(value[star : len(value) - after]))
    return True


def _mapping(runtime: Runtime, pattern: ast.MatchMapping, value: Any, bound: Bound) -> bool:
    if not isinstance(value, dict):
        return False
    keys = [runtime.expressions.evaluate(key) for key in pattern.keys]
    for key, part in zip(keys, pattern.patterns, strict=True):
        if key not in value or not fits(runtime, part, value[key], bound):
            return False
    if pattern.rest is not None:
        rest = {key: item for key, item in value.items() if key not in keys}
        bound[pattern.rest] = runtime.budget.count_plain(rest)
    return True


def _class(runtime: Runtime, pattern: ast.MatchClass, value: Any, bound: Bound) -> bool:
    named = runtime.expressions.evaluate(pattern.cls)
    cls = runtime.classes.class_of(named)
    if not isinstance(cls, type) or not isinstance(value, cls):
        return isinstance(cls, tuple) and _refused()
    positional = list(pattern.patterns)
    if positional and isinstance(named, Function) and cls in _THEMSELVES:
        if len(positional) > 1:
            raise TypeError(
                f"{cls.__name__}() accepts 1 positional sub-pattern ({len(positional)} given)"
            )
        return fits(runtime, positional[0], value, bound)
    names = list(runtime.classes.fields.get(cls, getattr(cls, "__match_args__", ())))
    if len(positional) > len(names):
        raise TypeError(
            f"{cls.__name__}() accepts {len(names)} positional sub-patterns "
            f"({len(positional)} given)"
        )
    pairs = [*zip(names, positional, strict=False)]
    pairs += [*zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True)]
    for name, part in pairs:
        found = runtime.attributes.find(value, name)
        if found is MISSING or not fits(runtime, part, found, bound):
            return False
    return True


def _refused() -> bool:
    raise Refused("statement", "match")


_BY_KIND: Mapping[type[ast.pattern], Callable[..., bool]] = {
    ast.MatchAs: _as,
    ast.MatchClass: _class,
    ast.MatchMapping: _mapping,
    ast.MatchOr: _or,
    ast.MatchSequence: _sequence,
    ast.MatchSingleton: _singleton,
    ast.MatchValue: _value,
}
