"""torch.func beyond grad: vmap, Jacobians, functional_call; and checkpoint.

Each takes the Runtime as its first argument. jacrev takes a few rows at a time instead of all, so
that the time limit is looked at in between.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
import torch.utils.checkpoint
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.library import autograd_functions
from autograd_explorer.language.library.autograd_functions import watched
from autograd_explorer.language.library.standard_functions import as_function, as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of, tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import unwrapped, with_parameters


def vmap(
    runtime: Runtime,
    func: Any,
    in_dims: Any = 0,
    out_dims: Any = 0,
    randomness: str = "error",
    *,
    chunk_size: Any = None,
) -> Any:
    """Inside, a tensor shows the shape of one of many: so much smaller are the limits there."""

    def call(*args: Any, **named: Any) -> Any:
        given = [runtime.calls.native(value, "holding") for value in args]
        options = {name: runtime.calls.native(v, "holding") for name, v in named.items()}
        many = max(_batch(tuple(given), in_dims), _batch(list(options.values()), 0), 1)
        runtime.budget.excuse(load_deferred_imports())
        mapped = torch.func.vmap(
            watched(runtime, func, None),
            in_dims,
            out_dims,
            randomness=randomness,
            chunk_size=size_of(chunk_size),
        )
        with runtime.calls.deeper(), _for_each_of(runtime, many):
            made = mapped(*given, **options)
        return runtime.calls.made(made)

    runtime.calls.native([in_dims, out_dims])
    return as_function(runtime, call)


def _batch(value: Any, dims: Any) -> int:
    """How many of them vmap goes through at once: the longest of the dimensions named, or of all
    where they are named in a way that PyTorch may understand, or may not."""
    if dims is None:
        return 0
    if isinstance(value, Tensor) and isinstance(dims, int) and -value.ndim <= dims < value.ndim:
        return value.shape[dims]
    if isinstance(value, list | tuple) and isinstance(dims, int | list | tuple):
        each = [dims] * len(value) if isinstance(dims, int) else dims
        if len(each) == len(value):
            return max(map(_batch, value, each), default=0)
    if isinstance(value, dict) and isinstance(dims, int):
        return max((_batch(part, dims) for part in value.values()), default=0)
    return max((max(t.shape, default=1) for t in tensors_in([value])), default=0)


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


def _by_rows(
    runtime: Runtime, func: Any, argnums: Any = 0, has_aux: Any = False, **options: Any
) -> Any:
    """torch.func.jacrev, a few rows at a time."""
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
            outputs, build = _flat(made)
            shape[:] = [build]
            return tuple(outputs)

        looked_after = watched(runtime, as_value(runtime, of_leaves), None)
        with runtime.calls.deeper(), exclusive():
            rows = _rows(runtime, looked_after, leaves)
        parts = [rebuilt(iter(row)) for row in rows]  # one for each tensor of the result
        if isinstance(argnums, int):
            parts = [part[0] for part in parts]
        runtime.calls.made([tensor for row in rows for tensor in row])
        whole = shape[0](iter(parts))
        return (whole, aside[0]) if has_aux else whole

    return as_function(runtime, call)


def _by_columns(
    runtime: Runtime,
    func: Any,
    argnums: Any = 0,
    has_aux: Any = False,
    *,
    randomness: str = "error",
) -> Any:
    """torch.func.jacfwd: the function runs once, for all columns."""

    def call(*args: Any) -> Any:
        runtime.calls.native(list(args), "holding")
        runtime.budget.excuse(load_deferred_imports())
        several = [argnums] if isinstance(argnums, int) else argnums
        chosen = tensors_in([args[i] for i in several])
        made = torch.func.jacfwd(
            watched(runtime, func, chosen), argnums, bool(has_aux), randomness=randomness
        )
        with runtime.calls.deeper(), exclusive(), _for_each_of(runtime, _count(chosen)):
            return runtime.calls.made(made(*args))

    return as_function(runtime, call)


@contextmanager
def _for_each_of(runtime: Runtime, many: int) -> Iterator[None]:
    """In the block a tensor shows the shape of one of many: so much smaller are the limits."""
    budget, limits = runtime.budget, runtime.budget.limits
    inside = replace(
        limits,
        elements=max(limits.elements // max(many, 1), 1),
        work=max(limits.work // max(many, 1), 1),
    )
    with runtime.randomness.lent():
        budget.limits = inside
        try:
            yield
        finally:
            budget.limits = limits


def _plain(aux: Any) -> Any:
    """What a function hands on beside its result, outside of the transform."""
    if isinstance(aux, tuple | list):
        return type(aux)([_plain(part) for part in aux])
    if not isinstance(aux, Tensor):
        raise Refused("call", "jacrev(has_aux=True)")
    return unwrapped(aux).detach()


_WORK_A_ROW = 400_000
_AT_A_TIME = 16


def _rows(runtime: Runtime, func: Any, inputs: list[Tensor]) -> list[list[Tensor]]:
    """For each output the Jacobian by each input."""
    values, pull = torch.func.vjp(func, *inputs)[:2]
    rows, columns = _count(values), _count(inputs)
    runtime.budget.check_elements(rows * columns)
    runtime.budget.check_work(min(rows, columns) * _WORK_A_ROW)
    made = []
    for i, value in enumerate(values):
        units = torch.eye(value.numel(), dtype=value.dtype).reshape(-1, *value.shape)
        several = []
        for some in units.split(_AT_A_TIME):
            runtime.budget.check_time()
            zeros = [torch.zeros(len(some), *other.shape, dtype=other.dtype) for other in values]
            several.append(torch.func.vmap(pull)((*zeros[:i], some, *zeros[i + 1 :])))
        made.append(
            [
                torch.cat(parts).reshape(*value.shape, *tensor.shape)
                for parts, tensor in zip(zip(*several, strict=True), inputs, strict=True)
            ]
        )
    return made


def _count(tensors: Sequence[Tensor]) -> int:
    return sum(tensor.numel() for tensor in tensors)


jacrev, jacfwd = _by_rows, _by_columns


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
    *,
    tie_weights: Any = True,
    strict: Any = False,
) -> Any:
    """A module called with other tensors in the place of its parameters, for this one call."""
    if not isinstance(module, nn.Module):
        raise Refused("call", "functional_call(…)")
    given = parameter_and_buffer_dicts
    if isinstance(given, list | tuple):
        given = {name: value for part in given for name, value in part.items()}
    runtime.budget.check_paths(module)
    own = module.named_parameters(remove_duplicate=False)
    known = {name for name, _ in (*own, *module.named_buffers(remove_duplicate=False))}
    for name, value in runtime.walking.mapping(given).items():
        if name not in known or not isinstance(value, Tensor):
            raise Refused("call", f"functional_call({{{str(name)[:40]!r}: …}})")
    args = () if args is None else args if isinstance(args, tuple) else (args,)
    with with_parameters(module, given, tie_weights=bool(tie_weights), strict=bool(strict)):
        return runtime.calls.call_module(module, args, dict(kwargs or {}))


def checkpoint(
    runtime: Runtime,
    function: Any,
    *args: Any,
    use_reentrant: Any = None,
    preserve_rng_state: Any = True,
    **named: Any,
) -> Any:
    """PyTorch's own, which runs the function again when backward asks for what it has not saved.
    The older kind does so in a backward of its own, inside the one that asks for it."""
    runtime.observer.read_saved = False  # reading would run the function again
    first: list[Tensor] = []
    older = use_reentrant is None or use_reentrant

    def run(*args: Any, **named: Any) -> Any:
        source = runtime.randomness.source_of(runtime.randomness.own)
        before = source.get_state()
        if first and preserve_rng_state:
            source.set_state(first[0])
        again = bool(first)
        first[:] = first or [before]
        try:
            made = runtime.calls.native(runtime.calls.call_value(function, args, named), "holding")
            if again and older:  # PyTorch goes on with a backward from here
                differentiated = [t for t in tensors_in(made) if t.requires_grad]
                with runtime.observer.guarding(differentiated, captured=False):
                    pass
                runtime.observer.watch_nodes(differentiated)
            return made
        finally:
            if again and preserve_rng_state:
                source.set_state(before)

    given = [runtime.calls.native(value, "holding") for value in args]
    by_name = {name: runtime.calls.native(value, "holding") for name, value in named.items()}
    runtime.budget.excuse(load_deferred_imports())
    with runtime.calls.deeper():
        return runtime.calls.made(
            torch.utils.checkpoint.checkpoint(
                run, *given, use_reentrant=use_reentrant, preserve_rng_state=False, **by_name
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
