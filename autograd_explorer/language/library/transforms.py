"""torch.func beyond grad: vmap, Jacobians, functional_call; and checkpoint.

Each takes the Runtime as its first argument. jacrev and jacfwd go row by row instead of all rows
at once by vmap, so that the time limit is looked at in between.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
import torch.utils.checkpoint
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.library import autograd_functions
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


def _flat(tree: Any) -> tuple[list[Tensor], Callable[[Any], Any]]:
    """The tensors in nested lists, tuples and dicts, and what puts others in their place.

    Raises:  Refused, for anything else
    """
    if isinstance(tree, Tensor):
        return [tree], next
    if type(tree) is dict:
        keys, parts = list(tree), list(tree.values())
    elif isinstance(tree, list | tuple):
        keys, parts = [], list(tree)
    else:
        raise Refused("call", f"jacrev(…) of {type(tree).__name__}")
    found = [_flat(part) for part in parts]

    def rebuilt(values: Any) -> Any:
        made = [build(values) for _, build in found]
        if type(tree) is dict:
            return dict(zip(keys, made, strict=True))
        return type(tree)(*made) if hasattr(tree, "_fields") else type(tree)(made)

    return [tensor for tensors, _ in found for tensor in tensors], rebuilt


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
            several = [argnums] if isinstance(argnums, int) else argnums
            leaves, rebuilt = _flat(tuple(args[i] for i in several))
            shape: list[Any] = []
            aside: list[Any] = []

            def of_leaves(*values: Any) -> Any:
                chosen = rebuilt(iter(values))
                made = runtime.calls.call_value(func, _with(args, argnums, chosen), {})
                if has_aux:
                    made, aux = made
                    aside[:] = [_plain(aux)]
                outputs, shape[:] = _flat(made)[0], [_flat(made)[1]]
                return tuple(outputs)

            with runtime.calls.deeper(), exclusive():
                rows = row_by_row(
                    runtime, watched(runtime, as_value(runtime, of_leaves), None), tuple(leaves)
                )
            parts = [rebuilt(iter(row)) for row in rows]  # one for each tensor of the result
            if isinstance(argnums, int):
                parts = [part[0] for part in parts]
            whole = shape[0](iter(parts))
            runtime.calls.made([tensor for row in rows for tensor in row])
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


def _by_rows(runtime: Runtime, func: Any, inputs: tuple[Tensor, ...]) -> list[list[Tensor]]:
    """For each output the Jacobian by each input."""
    values, pull = torch.func.vjp(func, *inputs)[:2]
    _check(runtime, _count(values), _count(inputs))
    made = []
    for i, value in enumerate(values):
        rows = []
        for unit in _units(value):
            runtime.budget.check_time()
            rows.append(pull(_alone(i, unit, values)))
        made.append(
            [
                torch.stack(column).reshape(*value.shape, *tensor.shape)
                for column, tensor in zip(zip(*rows, strict=True), inputs, strict=True)
            ]
        )
    return made


def _by_columns(runtime: Runtime, func: Any, inputs: tuple[Tensor, ...]) -> list[list[Tensor]]:
    made: list[list[Tensor]] = []
    for i, tensor in enumerate(inputs):
        columns = []
        for unit in _units(tensor):
            runtime.budget.check_time()
            values, column = torch.func.jvp(func, inputs, _alone(i, unit, inputs))[:2]
            columns.append(column)
            _check(runtime, _count(values), tensor.numel())
        for j, of_output in enumerate(zip(*columns, strict=True)):
            stacked = torch.stack(of_output, -1)
            if j == len(made):
                made.append([])
            made[j].append(stacked.reshape(*stacked.shape[:-1], *tensor.shape))
    return made


def _count(tensors: tuple[Tensor, ...]) -> int:
    return sum(tensor.numel() for tensor in tensors)


def _alone(place: int, unit: Tensor, tensors: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """A unit in one place, and zeros for the other tensors."""
    return tuple(unit if i == place else torch.zeros_like(t) for i, t in enumerate(tensors))


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


def jacobian(
    runtime: Runtime,
    func: Any,
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """torch.autograd.functional.jacobian; in forward mode column by column."""
    if strategy != "forward-mode":
        return autograd_functions.jacobian(runtime, func, inputs, create_graph, strict, vectorize)
    if create_graph:
        raise NotImplementedError(
            "torch.autograd.functional.jacobian: `create_graph=True` "
            'and `strategy="forward-mode"` are not supported together (yet). '
            "Please either set `create_graph=False` or "
            '`strategy="reverse-mode"`.'
        )
    several = isinstance(inputs, tuple | list)
    tensors = tuple(tensor.detach() for tensor in (inputs if several else (inputs,)))
    by = tuple(range(len(tensors))) if several else 0
    return runtime.calls.call_value(jacfwd(runtime, func, by), tensors, {})


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
    runtime: Runtime,
    function: Any,
    *args: Any,
    use_reentrant: Any = None,
    preserve_rng_state: Any = True,
    **named: Any,
) -> Any:
    """PyTorch's own, which runs the function again when backward asks for what it has not saved. The
    older kind, which looks at its inputs alone and records another graph, is not offered."""
    if use_reentrant is None or use_reentrant:
        raise Refused("keyword", f"checkpoint(use_reentrant={use_reentrant})")
    runtime.observer.read_saved = False  # reading would run the function again
    first: list[Tensor] = []

    def run(*args: Any, **named: Any) -> Any:
        source = runtime.randomness.source_of(runtime.randomness.own)
        before = source.get_state()
        if first and preserve_rng_state:
            source.set_state(first[0])
        again = bool(first)
        first[:] = first or [before]
        try:
            return runtime.calls.native(runtime.calls.call_value(function, args, named), "holding")
        finally:
            if again and preserve_rng_state:
                source.set_state(before)

    given = [runtime.calls.native(value, "holding") for value in args]
    by_name = {name: runtime.calls.native(value, "holding") for name, value in named.items()}
    runtime.budget.excuse(load_deferred_imports())
    with runtime.calls.deeper():
        return runtime.calls.made(
            torch.utils.checkpoint.checkpoint(
                run, *given, use_reentrant=False, preserve_rng_state=False, **by_name
            )
        )


def checkpoint_sequential(
    runtime: Runtime,
    functions: Any,
    segments: Any,
    input: Any,
    use_reentrant: Any = None,
    **options: Any,
) -> Any:
    """The modules in as many parts, each under `checkpoint` but for the last."""
    several = runtime.walking.items(functions)
    size = len(several) // segments
    if size < 1:
        raise ValueError("checkpoint_sequential has more segments than functions")

    def part(start: int, end: int) -> Any:
        def run(input: Any) -> Any:
            for function in several[start:end]:
                input = runtime.calls.call_value(function, (input,), {})
            return input

        return as_value(runtime, run)

    for start in range(0, size * (segments - 1), size):
        function = part(start, start + size)
        input = checkpoint(runtime, function, input, use_reentrant=use_reentrant, **options)
    return runtime.calls.call_value(part(size * (segments - 1), len(several)), (input,), {})
