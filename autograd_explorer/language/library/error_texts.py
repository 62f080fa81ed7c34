"""traceback and sys.exc_info: what a program may read of an error."""

import traceback
from typing import Any

from autograd_explorer.language.runtime import Runtime


def format_error(runtime: Runtime, *args: Any, **options: Any) -> str:
    """traceback.format_exc(): the lines of the program that led to the exception being handled."""
    return _formatted(runtime, runtime.state.handled)


def format_given(runtime: Runtime, exc: Any, *args: Any, **options: Any) -> list[str]:
    """traceback.format_exception(error), or of its type, itself and its traceback"""
    error = next((part for part in (exc, *args) if isinstance(part, BaseException)), None)
    return _formatted(runtime, error).splitlines(keepends=True)


def format_error_only(runtime: Runtime, exc: Any, *args: Any, **options: Any) -> list[str]:
    return format_given(runtime, exc, *args)[2:]


def _formatted(runtime: Runtime, error: BaseException | None) -> str:
    if error is None:
        return "NoneType: None\n"
    line = getattr(runtime.state.fault, "lineno", 1)
    words = "".join(traceback.format_exception_only(error))
    head = f'Traceback (most recent call last):\n  File "program.py", line {line}\n'
    return runtime.budget.count_plain(runtime.addresses.hide(head + words))  # type: ignore[no-any-return]


def print_error(runtime: Runtime, limit: Any = None, file: Any = None, chain: Any = True) -> None:
    """traceback.print_exc: to sys.stderr, which is not shown, or to where the program says."""
    if file is not None:
        from autograd_explorer.language.library.python_functions import safe_print

        safe_print(runtime, format_error(runtime), end="", file=file)


def error_now(runtime: Runtime) -> Any:
    """sys.exc_info()"""
    error = runtime.state.handled
    kind = None if error is None else runtime.classes.entry_of(type(error))
    return kind, error, None
