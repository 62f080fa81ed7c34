"""torch.func beyond grad: vmap, Jacobians, functional_call; and checkpoint.

Each takes the Runtime as its first argument. jacrev and jacfwd go row by row instead of all rows
at once by vmap, so that the time limit is looked at in between.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.library.autograd_functions import watched
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import unwrapped, with_parameters


def vmap(
    runtime: Runtime, func: Any, in_dims: Any = 0, out_dims: Any = 0, randomness: str = "error"
) -> Any:
    """Inside, a tensor shows the shape of one of many: so much smaller are the limits there."""

    def call(*args: Any, **named: Any) -> Any:
        given = [runtime.calls.native(value, "holding") for value in args]
        options = {name: runtime.calls.native(v, "holding") for name, v in named.items()}
        many = max((max(t.shape, default=1) for t in tensors_in(given)), default=1)
        budget, limits = runtime.budget, runtime.budget.limits
        inside = replace(
            limits, elements=max(limits.elements // many, 1), work=max(limits.work // many, 1)
        )
        budget.excuse(load_deferred_imports())
        mapped = torch.func.vmap(
            watched(runtime, func, None), in_dims, out_dims, randomness=randomness
        )
        with runtime.calls.deeper(), runtime.randomness.lent():
            budget.limits = inside
            try:
                made = mapped(*given, **options)
            finally:
                budget.limits = limits
        return runtime.calls.made(made)

    runtime.calls.native([in_dims, out_dims])
    return as_value(runtime, call)


def _chosen(args: tuple[Any, ...], argnums: Any) -> Any:
    if isinstance(argnums, int):
        return args[argnums]
    return tuple(args[i] for i in argnums)


def _with(args: tuple[Any, ...], argnums: Any, values: Any) -> tuple[Any, ...]:
    made = list(args)
    for i, value in zip([argnums] if isinstance(argnums, int) else argnums, values, strict=True):
        made[i] = value
    return tuple(made)


def _jacobian(row_by_row: Callable[..., Any]) -> Callable[..., Any]:
    def transform(
        runtime: Runtime, func: Any, argnums: Any = 0, has_aux: Any = False, **options: Any
    ) -> Any:
        if options:
            raise Refused("keyword", "jacrev(…)")

        def call(*args: Any) -> Any:
            runtime.calls.native(list(args), "holding")
            runtime.budget.excuse(load_deferred_imports())
            several = (
                (_chosen(args, argnums),) if isinstance(argnums, int) else _chosen(args, argnums)
            )
            if not all(isinstance(value, Tensor) for value in several):
                raise Refused("call", "jacrev(…)")

            aside: list[Any] = []

            def of_chosen(*values: Any) -> Any:
                made = runtime.calls.call_value(func, _with(args, argnums, values), {})
                if has_aux:
                    made, aux = made
                    aside[:] = [_plain(aux)]
                if not isinstance(made, Tensor):
                    raise Refused("call", "jacrev(…)")
                return made

            with runtime.calls.deeper(), exclusive():
                made = row_by_row(
                    runtime, watched(runtime, as_value(runtime, of_chosen), None), several
                )
            whole = runtime.calls.made(made[0] if isinstance(argnums, int) else made)
            return (whole, aside[0]) if has_aux else whole

        return as_value(runtime, call)

    return transform


def _plain(aux: Any) -> Any:
    """What a function hands on beside its result, outside of the transform."""
    if isinstance(aux, tuple | list):
        return type(aux)([_plain(part) for part in aux])
    if not isinstance(aux, Tensor):
        raise Refused("call", "jacrev(has_aux=True)")
    return unwrapped(aux).detach()


_WORK_A_ROW = 400_000


def _by_rows(runtime: Runtime, func: Any, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    value, pull = torch.func.vjp(func, *inputs)[:2]
    _check(runtime, value.numel(), sum(tensor.numel() for tensor in inputs))
    rows = []
    for unit in _units(value):
        runtime.budget.check_time()
        rows.append(pull(unit))
    return tuple(
        torch.stack(column).reshape(*value.shape, *tensor.shape)
        for column, tensor in zip(zip(*rows, strict=True), inputs, strict=True)
    )


def _by_columns(runtime: Runtime, func: Any, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    made = []
    for i, tensor in enumerate(inputs):
        columns = []
        for unit in _units(tensor):
            runtime.budget.check_time()
            tangents = tuple(
                unit if i == j else torch.zeros_like(other) for j, other in enumerate(inputs)
            )
            value, column = torch.func.jvp(func, inputs, tangents)[:2]
            columns.append(column)
            _check(runtime, value.numel(), tensor.numel())
        stacked = torch.stack(columns, -1)
        made.append(stacked.reshape(*stacked.shape[:-1], *tensor.shape))
    return tuple(made)


def _units(like: Tensor) -> Any:
    for i in range(like.numel()):
        unit = torch.zeros(like.numel(), dtype=like.dtype)
        unit[i] = 1
        yield unit.reshape(like.shape)


def _check(runtime: Runtime, rows: int, columns: int) -> None:
    runtime.budget.check_elements(rows * columns)
    runtime.budget.check_work(min(rows, columns) * _WORK_A_ROW)


jacrev = _jacobian(_by_rows)
jacfwd = _jacobian(_by_columns)


def hessian(runtime: Runtime, func: Any, argnums: Any = 0) -> Any:
    return jacfwd(runtime, jacrev(runtime, func, argnums), argnums)


def functional_call(
    runtime: Runtime,
    module: Any,
    parameter_and_buffer_dicts: Any,
    args: Any = None,
    kwargs: Any = None,
    **options: Any,
) -> Any:
    """A module called with other tensors in the place of its parameters, for this one call."""
    if not isinstance(module, nn.Module) or options:
        raise Refused("call", "functional_call(…)")
    given = parameter_and_buffer_dicts
    if isinstance(given, list | tuple):
        given = {name: value for part in given for name, value in part.items()}
    known = {name for name, _ in (*module.named_parameters(), *module.named_buffers())}
    for name, value in runtime.walking.mapping(given).items():
        if name not in known or not isinstance(value, Tensor):
            raise Refused("call", f"functional_call({{{str(name)[:40]!r}: …}})")
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    with with_parameters(module, given):
        return runtime.calls.call_module(module, args, dict(kwargs or {}))


def checkpoint(
    runtime: Runtime, function: Any, *args: Any, use_reentrant: Any = None, **named: Any
) -> Any:
    """The function as it is: what is saved differs, and no number does. The older kind, which looks
    at its inputs alone and records another graph, is not offered."""
    if use_reentrant is None or use_reentrant:
        raise Refused("keyword", f"checkpoint(use_reentrant={use_reentrant})")
    return runtime.calls.call_value(function, args, named)


def checkpoint_sequential(
    runtime: Runtime, functions: Any, segments: Any, input: Any, use_reentrant: Any = None
) -> Any:
    """The modules one after another, as for `checkpoint`."""
    if use_reentrant is None or use_reentrant:
        raise Refused("keyword", f"checkpoint_sequential(use_reentrant={use_reentrant})")
    for function in runtime.walking.items(functions):
        input = runtime.calls.call_value(function, (input,), {})
    return input
