"""time and datetime, by the run's own clock. Each takes the Runtime as its first argument."""

import datetime
import time
from collections.abc import Callable
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of


def clock(name: str) -> Callable[..., Any]:
    def call(runtime: Runtime) -> float:
        own = runtime.belongings
        return own.now() if name == "time" else own.ticks()

    return call


def clock_in_ns(name: str) -> Callable[..., Any]:
    read = clock(name)

    def call(runtime: Runtime) -> int:
        return int(read(runtime) * 1e9)

    return call


def written_time(runtime: Runtime, *args: Any) -> str:
    """time.ctime() and time.asctime(), of now."""
    if args:
        raise Refused("call", "time.ctime(…)")
    return time.ctime(runtime.belongings.now())


def sleep(runtime: Runtime, seconds: Any, /) -> None:
    """Nobody waits: the run's own clock is put forward instead."""
    seconds = size_of(seconds)
    if not isinstance(seconds, int | float):
        raise TypeError(f"{type(seconds).__name__!r} object cannot be interpreted as an integer")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    runtime.belongings.slept += min(float(seconds), 1e9)


def format_time(runtime: Runtime, format: Any, t: Any = None) -> str:
    at = time.localtime(runtime.belongings.now()) if t is None else t
    if not isinstance(at, time.struct_time):
        raise Refused("call", "time.strftime(…)")
    return time.strftime(format, at)


def broken_down(make: Callable[[float], time.struct_time]) -> Callable[..., Any]:
    """time.localtime and time.gmtime, of now or of a moment."""

    def call(runtime: Runtime, seconds: Any = None, /) -> time.struct_time:
        at = runtime.belongings.now() if seconds is None else size_of(seconds)
        if not isinstance(at, int | float) or not abs(at) < 1e11:
            raise Refused("call", "time.localtime(…)")
        return make(at)

    return call


def now(cls: Any) -> Callable[..., Any]:
    def call(runtime: Runtime) -> Any:
        at = datetime.datetime.fromtimestamp(runtime.belongings.now())
        return at if cls is datetime.datetime else at.date()

    return call
