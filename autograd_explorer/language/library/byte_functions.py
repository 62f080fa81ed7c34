"""Bytes: what texts are encoded as, and back. Each function takes the Runtime as its first
argument."""

from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members, functions_of
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of

# Those that take no more than a step for each character.
_ENCODINGS = frozenset({"utf-8", "utf8", "ascii", "latin-1", "latin1", "utf-16"})
_ERRORS = frozenset({"strict", "ignore", "replace"})


def _check(encoding: Any, errors: Any) -> None:
    if not isinstance(encoding, str) or encoding.lower() not in _ENCODINGS:
        raise Refused("call", f"encode({str(encoding)[:20]})")
    if errors not in _ERRORS:
        raise Refused("call", "encode(errors=…)")


def encode(runtime: Runtime, text: str, encoding: Any = "utf-8", errors: Any = "strict") -> bytes:
    _check(encoding, errors)
    made = text.encode(encoding, errors)
    runtime.budget.count_bytes(len(made))
    return made


def decode(runtime: Runtime, data: bytes, encoding: Any = "utf-8", errors: Any = "strict") -> str:
    _check(encoding, errors)
    return runtime.budget.count_plain(data.decode(encoding, errors))  # type: ignore[no-any-return]


def make(runtime: Runtime, source: Any = b"", *encoding: Any) -> bytes:
    """bytes(…)"""
    if isinstance(source, str):
        if not encoding:
            raise TypeError("string argument without an encoding")
        return encode(runtime, source, *encoding)
    source = size_of(source)
    if isinstance(source, int):
        runtime.budget.check_length("", source)
        return bytes(source)
    return bytes(runtime.walking.items(source))


TABLE = Members(
    methods=functions_of(
        bytes, "plain", "count endswith find hex isalnum isdigit lower startswith strip upper"
    )
    | {"decode": Function(decode, "special")}
)
