"""What is left of PyTorch's names: rarer functions, and those that need a check of their own.

Functions that take the Runtime as their first argument are "special".
"""

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd import forward_ad, graph
from torch.nn.utils import parametrize, prune

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.layer_sizes import judge_ctc
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone
from autograd_explorer.language.values import size_of, tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports

_HEAVY_STEPS = 40


def as_entry(call: Callable[..., Any], cls: type | None = None) -> Function:
    return Function(call, "special", cls)


# Sizes that depend on numbers in a tensor


def bincount(runtime: Runtime, input: Tensor, weights: Any = None, minlength: Any = 0) -> Any:
    least = size_of(minlength)
    if isinstance(input, Tensor) and input.numel() and not input.is_floating_point():
        runtime.budget.check_elements(int(input.max()) + 1)
    if isinstance(least, int):
        runtime.budget.check_elements(least)
    return runtime.calls.made(torch.bincount(input, weights, least))


def fractional_pool(call: Callable[..., Any]) -> Function:
    """Fractional pooling that draws its samples itself: the kernel trusts those it is given."""

    def special(
        runtime: Runtime,
        input: Any,
        kernel_size: Any,
        output_size: Any = None,
        output_ratio: Any = None,
        return_indices: Any = False,
    ) -> Any:
        given = [runtime.calls.native(size_of(v), "bounded") for v in (kernel_size, output_size)]
        runtime.budget.check_work(sum(tensor.numel() for tensor in tensors_in([input])) * 100)
        with runtime.randomness.lent():
            made = call(runtime.calls.native(input), *given, output_ratio, bool(return_indices))
        return runtime.calls.made(made)

    special.__name__ = call.__name__
    return as_entry(special)


def combinations(runtime: Runtime, input: Tensor, r: Any = 2, with_replacement: Any = False) -> Any:
    count = size_of(r)
    if isinstance(count, int) and isinstance(input, Tensor):
        runtime.budget.check_elements(input.numel() ** min(max(count, 0), 20) * max(count, 1))
    return runtime.calls.made(torch.combinations(input, count, bool(with_replacement)))


def low_rank(call: Callable[..., Any]) -> Function:
    """A decomposition that begins with random directions."""

    def special(runtime: Runtime, A: Tensor, q: Any = None, *args: Any, **options: Any) -> Any:  # noqa: N803
        runtime.budget.check_work(A.numel() * max(A.shape, default=1) * _HEAVY_STEPS)
        for value in (*args, *options.values()):
            if isinstance(value, int) and value > 20:
                raise runtime.budget.stop("work", f"{value:,}")
        named = {name: runtime.calls.native(value) for name, value in options.items()}
        with runtime.randomness.lent():
            made = call(A, size_of(q), *[runtime.calls.native(value) for value in args], **named)
        return runtime.calls.made(made)

    special.__name__ = call.__name__
    return as_entry(special)


def for_each(name: str) -> Function:
    """torch._foreach_add_ and the like, by which optimizers treat all parameters at once. Those
    that end in "_" change the tensors of their first list, and return nothing."""
    native = Function(getattr(torch, name), "bounded")

    def special(runtime: Runtime, *args: Any, **options: Any) -> Any:
        made = runtime.calls.call(native, args, options)
        if name.endswith("_"):
            for tensor in tensors_in(args[:1]):
                runtime.observer.place(tensor, runtime.state.line)
        return made

    special.__name__ = name
    return as_entry(special)


def parameters_to_vector(runtime: Runtime, parameters: Any) -> Any:
    """nn.utils.parameters_to_vector, which would take a large tensor apart, number by number."""
    return _of_vector(runtime, nn.utils.parameters_to_vector, parameters)


def vector_to_parameters(runtime: Runtime, vec: Any, parameters: Any) -> Any:
    return _of_vector(runtime, nn.utils.vector_to_parameters, parameters, vec)


def _of_vector(runtime: Runtime, call: Callable[..., Any], parameters: Any, *first: Any) -> Any:
    several = runtime.walking.items(parameters)
    return runtime.calls.call(Function(call, "bounded"), (*first, several), {})


def new(runtime: Runtime, tensor: Tensor, *size: Any) -> Any:
    """tensor.new(…), of old programs: values, or a size; then zeros in the place of memory that
    nobody has filled. Of the tuples only a torch.Size is a size."""
    given = size[0] if len(size) == 1 else None
    if isinstance(given, list | tuple | np.ndarray) and not isinstance(given, torch.Size):
        new_tensor = runtime.attributes.members(Tensor).methods["new_tensor"]
        return runtime.calls.call(new_tensor, (tensor, given), {})
    sizes = size_of(given if isinstance(given, torch.Size) else size)
    count = 1
    for part in sizes or (0,):
        count *= abs(part) if isinstance(part, int) else 1
    runtime.budget.check_elements(count)
    return runtime.calls.made(tensor.new_zeros(sizes or (0,)))


def applied(runtime: Runtime, tensor: Tensor, callable: Any, /) -> Any:
    """tensor.apply_(f). PyTorch walks the memory that it has found at the start: what the function
    is looked at through keeps that memory, even if the program gives the tensor another."""
    if tensor.requires_grad:
        return tensor.apply_(abs)  # which PyTorch refuses, in its own words
    tensor.detach().apply_(runtime.calls.callback(callable))
    return runtime.calls.made(tensor)


def mapped(runtime: Runtime, tensor: Tensor, other: Any, callable: Any, /) -> Any:
    """tensor.map_(other, f), likewise."""
    if tensor.requires_grad or not isinstance(other, Tensor) or other.requires_grad:
        return tensor.map_(other, max)
    tensor.detach().map_(other.detach(), runtime.calls.callback(callable))
    return runtime.calls.made(tensor)


def no_cuda(runtime: Runtime, owner: Any, device: Any = None, **options: Any) -> NoReturn:
    """`.cuda()`, as PyTorch without CUDA answers it, whatever this machine has."""
    raise AssertionError("Torch not compiled with CUDA enabled")


# Sparse tensors in coordinates


def sparse_coo_tensor(
    runtime: Runtime, indices: Any, values: Any, size: Any = None, **options: Any
) -> Any:
    """Always checked: with places outside of it, kernels would read and write elsewhere."""
    given = [runtime.calls.native(size_of(v), "bounded") for v in (indices, values)]
    shape = size_of(size)
    if shape is not None:
        count = 1
        for part in shape:
            count *= part
        runtime.budget.check_elements(count)
    elif isinstance(given[0], Tensor) and given[0].numel() and given[0].ndim == 2:
        count = 1
        for place in given[0].max(1).values.tolist():
            count *= int(place) + 1
        runtime.budget.check_elements(count)
    named = {k: runtime.calls.native(v) for k, v in options.items() if k != "check_invariants"}
    given = [torch.as_tensor(given[0]).clone(), given[1]]
    sizes = () if shape is None else (tuple(shape),)
    made = torch.sparse_coo_tensor(*given, *sizes, **named, check_invariants=True)
    return runtime.calls.made(made)


def places(runtime: Runtime, tensor: Tensor) -> Any:
    """A copy: nobody may change a tensor's own."""
    return runtime.calls.made(tensor.indices().clone())


# Modules with a computed weight

_WITH_WEIGHTS = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Embedding)
_MOST_ITERATIONS = 50


def on_weight(call: Callable[..., Any]) -> Function:
    """weight_norm, l1_unstructured and the like, for modules in which PyTorch itself compares the
    shapes of the weights at every call. An LSTM reads memory outside of weights that do not fit.
    Those that decompose a weight take steps for each of its rows; pruning sorts it at most."""
    is_pruning = getattr(call, "__module__", "") == prune.__name__

    def special(runtime: Runtime, module: Any, *args: Any, **options: Any) -> Any:
        if not isinstance(module, _WITH_WEIGHTS):
            raise Refused("call", f"{call.__name__}({type(module).__name__})")
        given = [runtime.calls.native(value, "module") for value in args]
        named = {name: runtime.calls.native(v, "module") for name, v in options.items()}
        names = [value for value in (*given, *named.values()) if isinstance(value, str)]
        if not set(names) <= {"weight", "bias", "cayley", "matrix_exp", "householder"}:
            raise Refused("call", f"{call.__name__}({names[0][:40]!r})")
        if any(type(v) is int and v > _MOST_ITERATIONS for v in named.values()):
            if "amount" not in named:
                raise runtime.budget.stop("work")
        steps = [1 if is_pruning else max(p.shape, default=1) for p in module.parameters()]
        sizes = [p.numel() for p in module.parameters()]
        weight = max(map(operator.mul, sizes, steps), default=1)
        runtime.budget.check_work(weight * _HEAVY_STEPS * 10)
        with runtime.randomness.lent():
            made = call(module, *given, **named)
        runtime.calls.made_module(module)
        return made

    special.__name__ = call.__name__
    return as_entry(special)


def cached(runtime: Runtime) -> Any:
    """parametrize.cached()"""
    if not be_alone(runtime):
        raise Refused("call", "parametrize.cached")
    return _cached()


@contextmanager
def _cached() -> Iterator[None]:
    with parametrize.cached():
        yield


def is_pruned(runtime: Runtime, module: Any) -> bool:
    return bool(prune.is_pruned(runtime.calls.native(module, "module")))


PRUNING = (
    "identity l1_unstructured ln_structured random_structured random_unstructured remove "
    "custom_from_mask"
)


def global_unstructured(
    runtime: Runtime,
    parameters: Any,
    pruning_method: Any,
    importance_scores: Any = None,
    *,
    amount: Any,
) -> None:
    pairs = [runtime.walking.items(pair) for pair in runtime.walking.items(parameters)]
    method = pruning_method.cls if isinstance(pruning_method, Function) else None
    if method not in METHODS_OF_PRUNING or importance_scores is not None:
        raise Refused("call", "prune.global_unstructured(…)")
    for pair in pairs:
        known = len(pair) == 2 and isinstance(pair[0], _WITH_WEIGHTS)
        if not known or pair[1] not in ("weight", "bias"):
            raise Refused("call", "prune.global_unstructured(…)")
    with runtime.randomness.lent():
        prune.global_unstructured(
            [tuple(pair) for pair in pairs], pruning_method=method, amount=size_of(amount)
        )
    for pair in pairs:
        runtime.calls.made_module(pair[0])


def apply_pruning(
    runtime: Runtime, cls: Any, module: Any, name: Any, *args: Any, **options: Any
) -> Any:
    """The program's own method of pruning."""
    return on_weight(cls.apply).call(runtime, module, name, *args, **options)


METHODS_OF_PRUNING = (prune.L1Unstructured, prune.RandomUnstructured)


# autograd


@contextmanager
def _dual_level() -> Iterator[Any]:
    with exclusive(), forward_ad.dual_level():
        yield None


def dual_level(runtime: Runtime) -> Any:
    runtime.budget.excuse(load_deferred_imports())
    return _dual_level()


def gradient_edge(runtime: Runtime, tensor: Any) -> Any:
    if not isinstance(tensor, Tensor):
        raise TypeError("get_gradient_edge takes a tensor")
    return graph.get_gradient_edge(tensor)


def increment_version(runtime: Runtime, tensor: Any) -> None:
    torch.autograd.graph.increment_version(runtime.calls.native(tensor))


# Padded sequences


def pack_sequence(runtime: Runtime, sequences: Any, enforce_sorted: Any = True) -> Any:
    items = runtime.walking.items(sequences)
    given = [item for item in items if isinstance(item, Tensor) and item.ndim]
    longest = max((item.shape[0] for item in given), default=0)
    width = max((item.numel() // max(item.shape[0], 1) for item in given), default=0)
    runtime.budget.check_elements(len(items) * longest * width)
    return runtime.calls.made(nn.utils.rnn.pack_sequence(items, bool(enforce_sorted)))


def unpad_sequence(
    runtime: Runtime, padded_sequences: Any, lengths: Any, batch_first: Any = False
) -> Any:
    runtime.budget.check_length([], len(lengths))
    return runtime.calls.made(
        nn.utils.rnn.unpad_sequence(padded_sequences, lengths, bool(batch_first))
    )


def unpack_sequence(runtime: Runtime, packed_sequences: Any) -> Any:
    if not isinstance(packed_sequences, nn.utils.rnn.PackedSequence):
        raise TypeError("unpack_sequence takes a PackedSequence")
    batches = packed_sequences.batch_sizes
    rows = int(batches.max()) * len(batches) if batches.numel() else 0
    runtime.budget.check_length([], rows)
    width = packed_sequences.data.numel() // max(packed_sequences.data.shape[0], 1)
    runtime.budget.check_elements(rows * width)
    return runtime.calls.made(nn.utils.rnn.unpack_sequence(packed_sequences))


def ctc_loss(runtime: Runtime, log_probs: Any, targets: Any, *args: Any, **options: Any) -> Any:
    given = [runtime.calls.native(value, "bounded") for value in (log_probs, targets, *args)]
    named = {name: runtime.calls.native(value, "bounded") for name, value in options.items()}
    judge_ctc(runtime.budget, given)
    return runtime.calls.made(F.ctc_loss(*given, **named))


def stack_module_state(runtime: Runtime, models: Any) -> Any:
    items = runtime.walking.items(models)
    if not items or not all(isinstance(item, nn.Module) for item in items):
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    for item in items:
        runtime.budget.check_paths(item)
    count = sum(tensor.numel() for tensor in tensors_in(items))
    runtime.budget.check_elements(count)
    made = torch.func.stack_module_state(items)
    for values in made:
        runtime.calls.made(list(values.values()))
    return made


def square_mask(runtime: Runtime, sz: Any, *args: Any, **options: Any) -> Any:
    """nn.Transformer.generate_square_subsequent_mask"""
    size = size_of(sz)
    if isinstance(size, int):
        runtime.budget.check_elements(size * size)
    named = {name: runtime.calls.native(value) for name, value in options.items()}
    return runtime.calls.made(nn.Transformer.generate_square_subsequent_mask(size, *args, **named))


def mask_of(runtime: Runtime, module: Any, sz: Any, *args: Any, **options: Any) -> Any:
    return square_mask(runtime, sz, *args, **options)
