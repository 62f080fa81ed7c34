"""Bytes: what texts are encoded as, and back. Each function takes the Runtime as its first
argument."""

import base64
import hashlib
import operator
import struct
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members, functions_of
from autograd_explorer.language.library.text_functions import padding
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import given_name, python_name

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
    if encoding and not isinstance(encoding[0], str):
        raise TypeError(f"bytes() argument 'encoding' must be str, not {given_name(encoding[0])}")
    if encoding:
        raise TypeError("encoding without a string argument")
    if isinstance(source, np.ndarray | np.generic):
        runtime.budget.check_length("", source.nbytes)
        return source.tobytes()
    source = runtime.operators.whole(source)
    if not isinstance(source, int) and not runtime.walking.may_walk(source):
        raise TypeError(f"cannot convert {python_name(source)!r} object to bytes")
    if isinstance(source, int):
        runtime.budget.check_length("", source)
        return bytes(source)
    return bytes(runtime.walking.items(source))


def join(runtime: Runtime, separator: bytes, iterable: Any) -> bytes:
    items = runtime.walking.items(iterable)
    total = sum(len(item) for item in items if isinstance(item, bytes))
    runtime.budget.count_bytes(total + len(separator) * len(items))
    return separator.join(items)


def replace(runtime: Runtime, data: bytes, old: Any, new: Any, count: Any = -1) -> bytes:
    if isinstance(old, bytes) and isinstance(new, bytes):
        runtime.budget.count_bytes(len(data) + (data.count(old) + 1) * len(new))
    return data.replace(old, new, count)


def of_int(
    runtime: Runtime, number: int, length: Any = 1, byteorder: Any = "big", *, signed: Any = False
) -> bytes:
    """int.to_bytes"""
    length = runtime.operators.whole(length)
    if isinstance(length, int):
        runtime.budget.check_length("", length)
    return number.to_bytes(length, byteorder, signed=bool(signed))


def int_from(runtime: Runtime, bytes: Any, byteorder: Any = "big", *, signed: Any = False) -> int:
    """int.from_bytes"""
    data = make(runtime, bytes) if isinstance(bytes, list | tuple | range) else bytes
    if hasattr(data, "__len__") and 8 * len(data) > runtime.budget.limits.integer_bits:
        raise runtime.budget.stop("integer_bits", f"{8 * len(data):,}")
    return int.from_bytes(runtime.calls.native(data), byteorder, signed=bool(signed))


# Texts of numbers in bytes: how many there will be is asked first.


def pack(runtime: Runtime, format: Any, /, *values: Any) -> bytes:
    """struct.pack"""
    size_packed(runtime, format)
    return struct.pack(format, *[runtime.calls.native(value) for value in values])


def unpack(runtime: Runtime, format: Any, buffer: Any, /) -> tuple[Any, ...]:
    """struct.unpack"""
    size_packed(runtime, format)
    return struct.unpack(format, runtime.calls.native(buffer))


def size_packed(runtime: Runtime, format: Any, /) -> int:
    """struct.calcsize"""
    if isinstance(format, str | bytes):
        runtime.budget.check_length("", len(format))
    size = struct.calcsize(format)
    runtime.budget.check_length("", size)
    return size


# Digests and texts of bytes: none is longer than a few times what it is given.
NAMES: dict[str, object] = {
    "struct.pack": Function(pack, "special"),
    "struct.unpack": Function(unpack, "special"),
    "struct.calcsize": Function(size_packed, "special"),
    "struct.error": Function(struct.error, "holding", struct.error),
    **{
        f"hashlib.{name}": entry
        for name, entry in functions_of(
            hashlib, "plain", "blake2b md5 sha1 sha224 sha256 sha384 sha512"
        ).items()
    },
    **{
        f"base64.{name}": entry
        for name, entry in functions_of(
            base64, "plain", "b64decode b64encode urlsafe_b64decode urlsafe_b64encode"
        ).items()
    },
}


def _of_hash(name: str) -> Function:
    def call(runtime: Runtime, owner: Any, *data: Any) -> Any:
        return getattr(owner, name)(*data)

    call.__name__ = name
    return Function(call, "special")


_HASH = Members(
    attributes={name: operator.attrgetter(name) for name in ("block_size", "digest_size", "name")},
    methods={name: _of_hash(name) for name in ("copy", "digest", "hexdigest", "update")},
)
TABLES: dict[type, Members] = {type(hashlib.sha256()): _HASH, hashlib.blake2b: _HASH}


TABLE = Members(
    methods=functions_of(
        bytes,
        "plain",
        """
        capitalize count endswith find hex index isalnum isalpha isascii isdigit islower isspace
        istitle isupper lower lstrip partition removeprefix removesuffix rfind rindex rpartition
        rsplit rstrip split splitlines startswith strip swapcase title upper
        """,
    )
    | {
        "decode": Function(decode, "special"),
        "join": Function(join, "special"),
        "replace": Function(replace, "special"),
        **{
            name: Function(padding(getattr(bytes, name)), "special")
            for name in ("center", "ljust", "rjust", "zfill")
        },
    }
)
