"""re, for patterns whose time is known to stay small.

Python's engine tries again wherever a part may match in several ways, and looks at no clock. So a
part that varies in length is refused inside a repetition, and so is a pattern that refers back to
what it has matched. What is left takes at most a power of the text's length, and the power is the
number of parts that vary: the more there are, the shorter the text has to be. A text that is made
to be slow may still take longer than a program has; then its process is ended.
"""

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import python_name

_parser: Any = re._parser  # type: ignore[attr-defined]
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_LOOKS = frozenset({"ASSERT", "ASSERT_NOT"})
_LONGEST_PATTERN = 500
_MOST_COUNTED = 1000  # of {1000}
_MOST_VARYING = 12
# How long a text may be, by the number of parts that vary.
_LONGEST_TEXT = {0: 20_000, 1: 20_000, 2: 5_000}
_LONGEST_OTHERWISE = 1_000


@lru_cache(maxsize=64)
def _varying(pattern: str, flags: int) -> int:
    """How many parts of a pattern vary in length.

    Raises:  Refused, for a pattern that may take for ever; re.error, for one that is none
    """
    if len(pattern) > _LONGEST_PATTERN:
        raise Refused("call", "re: …")
    count = _within(_parser.parse(pattern, flags), False)
    if count > _MOST_VARYING:
        raise Refused("call", f"re: {pattern[:40]}")
    return count


def _within(parts: Any, repeated: bool) -> int:
    """Of a parsed pattern, or of a part of one, which may stand in a repetition itself."""
    count = 0
    for kind, given in parts:
        name = str(kind)
        if name == "GROUPREF" or name == "GROUPREF_EXISTS":
            raise Refused("call", "re: \\1")
        if name in _REPEATS:
            least, most, inner = given
            varies = most != least
            if repeated and varies:
                raise Refused("call", "re: (…+)+")
            if not varies and int(most) > _MOST_COUNTED:
                raise Refused("call", "re: {…}")
            count += varies + _within(inner, repeated or int(most) > 1)
        elif name == "BRANCH":
            if repeated:  # (a|a)* tries each of them at every turn
                _check_alternatives(given[1])
            count += sum(_within(branch, repeated) for branch in given[1])
        elif name == "SUBPATTERN":
            count += _within(given[3], repeated)
        elif name in _LOOKS:
            count += _within(given[1], repeated)
        elif name == "ATOMIC_GROUP":
            count += _within(given, repeated)
    return count


def _check_alternatives(branches: Any) -> None:
    """Inside a repetition, alternatives have to begin with different letters."""
    firsts = [branch[0] if len(branch) else None for branch in branches]
    letters = [first[1] for first in firsts if first is not None and str(first[0]) == "LITERAL"]
    if len(set(letters)) != len(branches):
        raise Refused("call", "re: (…|…)*")


def _compiled(runtime: Runtime, pattern: Any, flags: Any, text: Any) -> re.Pattern[str]:
    """The pattern, once it is known to be harmless on this text."""
    if isinstance(pattern, re.Pattern):
        source, flags = pattern.pattern, pattern.flags
    else:
        source = pattern
    if isinstance(source, bytes) or isinstance(text, bytes):
        raise Refused("call", "re: bytes")
    if not isinstance(source, str):
        re.compile(runtime.calls.native(source))  # raises, in Python's words
    if not isinstance(text, str):
        raise TypeError(f"expected string or bytes-like object, got {python_name(text)!r}")
    runtime.budget.check_time()
    varying = _varying(source, int(flags))
    runtime.budget.check_length("", len(text))
    if len(text) > _LONGEST_TEXT.get(varying, _LONGEST_OTHERWISE):
        raise runtime.budget.stop("text_chars", f"{len(text):,}")
    return re.compile(source, int(flags))


def _function(name: str) -> Callable[..., Any]:
    def call(runtime: Runtime, pattern: Any, string: Any, maxsplit: Any = 0, flags: Any = 0) -> Any:
        if name != "split":
            maxsplit, flags = 0, maxsplit or flags
        found = _compiled(runtime, pattern, flags, string)
        if name == "split":
            return runtime.budget.count_plain(found.split(string, int(maxsplit)))
        if name == "finditer":
            return iter(list(found.finditer(string)))
        return runtime.budget.count_plain(getattr(found, name)(string))

    call.__name__ = name
    return call


def sub(
    runtime: Runtime, pattern: Any, repl: Any, string: Any, count: Any = 0, flags: Any = 0
) -> str:
    return sub_and_count(runtime, pattern, repl, string, count, flags)[0]


def sub_and_count(
    runtime: Runtime, pattern: Any, repl: Any, string: Any, count: Any = 0, flags: Any = 0
) -> tuple[str, int]:
    found = _compiled(runtime, pattern, flags, string)
    call = None if isinstance(repl, str) else runtime.calls.callback(repl)
    length = len(string)

    def replaced(match: re.Match[str]) -> str:
        nonlocal length
        made = match.expand(repl) if call is None else call(match)
        if isinstance(made, str):
            length += len(made)
            runtime.budget.check_length("", length)
        return made

    if isinstance(repl, str):
        runtime.budget.check_length("", len(repl) * 40)
    return found.subn(replaced, string, int(count))


def compile(runtime: Runtime, pattern: Any, flags: Any = 0) -> Any:
    return _compiled(runtime, pattern, flags, "")


def escape(runtime: Runtime, pattern: str) -> str:
    runtime.budget.check_length("", 2 * len(pattern))
    return re.escape(pattern)


_SEARCHES = "findall finditer fullmatch match search split"
_METHODS = {name: Function(_function(name), "special") for name in _SEARCHES.split()}
NAMES: dict[str, object] = {
    **{f"re.{name}": entry for name, entry in _METHODS.items()},
    "re.sub": Function(sub, "special"),
    "re.subn": Function(sub_and_count, "special"),
    "re.compile": Function(compile, "special"),
    "re.escape": Function(escape, "special"),
    "re.Pattern": Function(re.Pattern, "class", re.Pattern),
    "re.Match": Function(re.Match, "class", re.Match),
    **{
        f"re.{name}": getattr(re, name)
        for name in "A ASCII DOTALL I IGNORECASE M MULTILINE S X VERBOSE".split()
    },
}
TABLES: dict[type, Members] = {
    re.Pattern: Members(
        attributes={
            **{name: operator.attrgetter(name) for name in ("flags", "groups", "pattern")},
            "groupindex": lambda pattern: dict(pattern.groupindex),
        },
        methods={
            **{name: Function(_function(name), "special") for name in _SEARCHES.split()},
            "sub": Function(sub, "special"),
            "subn": Function(sub_and_count, "special"),
        },
    ),
    re.Match: Members(
        attributes={
            name: operator.attrgetter(name)
            for name in "endpos lastgroup lastindex pos re string".split()
        },
        methods={
            name: Function(getattr(re.Match, name), "plain")
            for name in "__getitem__ end group groupdict groups span start".split()
        },
    ),
}
