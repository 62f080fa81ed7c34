"""torch.profiler, the real one: what library/written/profiler.py hands to programs.

It tells of all that PyTorch does while it is on. So the copies that are kept to be shown are among
its rows, and its times are those of this interpreter. Each function takes the Runtime first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile, record_function

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone

_MOST = 100  # in one run
_WIDEST = 1000
# By what a table can be sorted; PyTorch would take the name of any attribute.
_ORDERS = r"(self_)?(cpu|cuda|xpu|device)_(time|time_total|memory_usage)|count"
_OF_AVERAGES = (
    "key count cpu_time_total self_cpu_time_total cpu_time device_time_total "
    "self_device_time_total cpu_memory_usage self_cpu_memory_usage flops input_shapes"
).split()
_OF_EVENTS = (
    "name id thread cpu_time cpu_time_total self_cpu_time_total device_time_total "
    "cpu_memory_usage self_cpu_memory_usage flops input_shapes"
).split()


def begin(
    runtime: Runtime, options: Mapping[str, Any], plan: Mapping[str, Any] | None, ready: Any
) -> int:
    """Have everything measured from now on. Returns the number by which it is asked for.

    options  record_shapes, profile_memory, with_flops
    plan     what torch.profiler.schedule was given, if it was
    ready    a function without arguments, after each of its rounds
    """
    kept = runtime.belongings.profiles
    if not be_alone(runtime):
        raise Refused("call", "torch.profiler.profile")
    if len(kept) >= _MOST:
        raise runtime.budget.stop("items")
    found = profile(
        activities=[ProfilerActivity.CPU],
        schedule=torch.profiler.schedule(**plan) if plan else None,
        on_trace_ready=lambda _: runtime.calls.call_value(ready, (), {}),
        **{name: bool(value) for name, value in options.items()},  # type: ignore[arg-type]
    )
    ending = ExitStack()  # with the run at the latest, and then without a word to the program
    ending.callback(_stop_unheard, found)
    runtime.belongings.stacks.append(ending)
    kept.append((found, ending))
    found.start()
    return len(kept) - 1


def _stop_unheard(found: Any) -> None:
    found.on_trace_ready = None
    found.stop()


def end(runtime: Runtime, number: int) -> None:
    found, ending = runtime.belongings.profiles[number]
    ending.pop_all()
    found.stop()


def step(runtime: Runtime, number: int) -> None:
    runtime.belongings.profiles[number][0].step()


def averages(runtime: Runtime, number: int, by_shape: Any) -> list[dict[str, Any]]:
    """The facts of each row of a table."""
    return _facts(runtime, _averages(runtime, number, by_shape), _OF_AVERAGES)


def events(runtime: Runtime, number: int) -> list[dict[str, Any]]:
    runtime.budget.check_time()
    return _facts(runtime, runtime.belongings.profiles[number][0].events() or [], _OF_EVENTS)


def _averages(runtime: Runtime, number: int, by_shape: Any) -> Any:
    runtime.budget.check_time()
    found = runtime.belongings.profiles[number][0]
    return found.key_averages(group_by_input_shape=bool(by_shape))


def _facts(runtime: Runtime, rows: Any, names: list[str]) -> list[dict[str, Any]]:
    runtime.budget.check_length([], len(rows))
    made = [{name: getattr(row, name) for name in names} for row in rows]
    runtime.budget.count_plain(made)
    return made


def table(runtime: Runtime, number: int, by_shape: Any, options: Mapping[str, Any]) -> str:
    given = dict(options)
    order = given.get("sort_by")
    if order is not None and not re.fullmatch(_ORDERS, str(order)):
        raise Refused("call", "torch.profiler: table(sort_by=…)")
    for name, value in given.items():
        if name.startswith("max_") and isinstance(value, int):
            given[name] = min(value, _WIDEST)
    text: str = _averages(runtime, number, by_shape).table(**given)
    runtime.budget.check_length("", len(text))
    return text


def recorded(runtime: Runtime, name: Any) -> Any:
    return _recorded(str(name)[:_WIDEST])


@contextmanager
def _recorded(name: str) -> Iterator[None]:
    with record_function(name):
        yield


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "averages": averages,
    "begin": begin,
    "end": end,
    "events_of": events,
    "recorded": recorded,
    "step_of": step,
    "table_of": table,
}
