"""What is left of PyTorch's names: rarer functions, and those that need a check of their own.

Functions that take the Runtime as their first argument are "special".
"""

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd import forward_ad, graph
from torch.autograd.function import FunctionCtx
from torch.nn.utils import parametrizations, parametrize, prune

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Storage
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.library.entry import Function, Members, functions_of
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of, tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import KEYS_THAT_DIFFER

_HEAVY_STEPS = 40


def _special(call: Callable[..., Any], cls: type | None = None) -> Function:
    return Function(call, "special", cls)


# Sizes that depend on numbers in a tensor


def bincount(runtime: Runtime, input: Tensor, weights: Any = None, minlength: Any = 0) -> Any:
    least = size_of(minlength)
    if isinstance(input, Tensor) and input.numel() and not input.is_floating_point():
        runtime.budget.check_elements(int(input.max()) + 1)
    if isinstance(least, int):
        runtime.budget.check_elements(least)
    return runtime.calls.made(torch.bincount(input, weights, least))


def combinations(runtime: Runtime, input: Tensor, r: Any = 2, with_replacement: Any = False) -> Any:
    count = size_of(r)
    if isinstance(count, int) and isinstance(input, Tensor):
        runtime.budget.check_elements(input.numel() ** min(max(count, 0), 20) * max(count, 1))
    return runtime.calls.made(torch.combinations(input, count, bool(with_replacement)))


def _low_rank(call: Callable[..., Any]) -> Function:
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
    return _special(special)


def new(runtime: Runtime, tensor: Tensor, *size: Any) -> Any:
    """tensor.new(…), of old programs: values, or a size; then zeros in the place of memory that
    nobody has filled."""
    if len(size) == 1 and isinstance(size[0], list):
        return runtime.calls.made(tensor.new_tensor(size[0]))
    sizes = size_of(size[0] if len(size) == 1 and isinstance(size[0], tuple) else size)
    count = 1
    for part in sizes or (0,):
        count *= abs(part) if isinstance(part, int) else 1
    runtime.budget.check_elements(count)
    return runtime.calls.made(tensor.new_zeros(sizes or (0,)))


def no_cuda(runtime: Runtime, owner: Any, device: Any = None, **options: Any) -> NoReturn:
    """`.cuda()`, as PyTorch without CUDA answers it, whatever this machine has."""
    raise AssertionError("Torch not compiled with CUDA enabled")


def _storage_of(runtime: Runtime, tensor: Tensor) -> Storage:
    return Storage(tensor)


def _storage_item(runtime: Runtime, storage: Storage, index: Any) -> Any:
    return storage[int(index)]


def _storage_length(runtime: Runtime, storage: Storage) -> int:
    return len(storage)


def _storage_pointer(runtime: Runtime, storage: Storage) -> int:
    return runtime.addresses.of_data(storage.whole())


def _storage_list(runtime: Runtime, storage: Storage) -> Any:
    whole = storage.whole()
    runtime.budget.check_length([], len(whole))
    return whole.tolist()


_STORAGE = Members(
    methods={
        "__getitem__": _special(_storage_item),
        "__len__": _special(_storage_length),
        "data_ptr": _special(_storage_pointer),
        "nbytes": Function(lambda s: s.tensor.untyped_storage().nbytes(), "plain"),
        "size": Function(lambda s: len(s), "plain"),
        "tolist": _special(_storage_list),
    }
)


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


def _places(runtime: Runtime, tensor: Tensor) -> Any:
    """A copy: nobody may change a tensor's own."""
    return runtime.calls.made(tensor.indices().clone())


# Modules with a computed weight

_WITH_WEIGHTS = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Embedding)
_MOST_ITERATIONS = 50


def _on_weight(call: Callable[..., Any]) -> Function:
    """weight_norm, l1_unstructured and the like, for modules in which PyTorch itself compares the
    shapes of the weights at every call. An LSTM reads memory outside of weights that do not fit."""

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
        weight = max((p.numel() * max(p.shape, default=1) for p in module.parameters()), default=1)
        runtime.budget.check_work(weight * _HEAVY_STEPS * 10)
        with runtime.randomness.lent():
            made = call(module, *given, **named)
        runtime.calls.made_module(module)
        return made

    special.__name__ = call.__name__
    return _special(special)


def is_pruned(runtime: Runtime, module: Any) -> bool:
    return bool(prune.is_pruned(runtime.calls.native(module, "module")))


_PRUNING = (
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
    if method not in _METHODS_OF_PRUNING or importance_scores is not None:
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


_METHODS_OF_PRUNING = (prune.L1Unstructured, prune.RandomUnstructured)


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
    runtime.foresight.judge_ctc(given)
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


def _mask_of(runtime: Runtime, module: Any, sz: Any, *args: Any, **options: Any) -> Any:
    return square_mask(runtime, sz, *args, **options)


TORCH: dict[str, Function] = {
    **functions_of(
        torch,
        "bounded",
        """
        addmv_ arccosh_ arcsinh_ arctanh_ asarray channel_shuffle conj_physical_ index_put
        index_put_ is_neg native_channel_shuffle narrow_copy norm_except_dim resolve_neg
        scalar_tensor spmm
        """,
    ),
    **functions_of(torch, "measured", "adaptive_avg_pool1d adaptive_max_pool1d constant_pad_nd"),
    **functions_of(torch, "sized", "histogram istft kaiser_window stft"),
    **functions_of(
        torch, "heavy", "frobenius_norm geqrf lu lu_unpack nuclear_norm ormqr triangular_solve"
    ),
    **functions_of(
        torch,
        "plain",
        """
        get_autocast_dtype get_float32_matmul_precision get_num_interop_threads
        is_anomaly_enabled is_autocast_enabled
        """,
    ),
    "bincount": _special(bincount),
    "combinations": _special(combinations),
    "pca_lowrank": _low_rank(torch.pca_lowrank),
    "svd_lowrank": _low_rank(torch.svd_lowrank),
    "sparse_coo_tensor": _special(sparse_coo_tensor),
}
METHODS: dict[str, Function] = {
    **functions_of(
        Tensor,
        "bounded",
        """
        arccosh_ arcsinh_ arctan2_ arctanh_ bitwise_left_shift_ bitwise_right_shift_ coalesce
        conj_physical_ igamma_ igammac_ is_neg mvlgamma_ narrow_copy prelu resolve_neg to_dense
        """,
    ),
    **functions_of(Tensor, "sized", "histogram istft stft"),
    **functions_of(Tensor, "heavy", "geqrf lu ormqr triangular_solve"),
    **functions_of(Tensor, "plain", "dense_dim is_coalesced is_pinned is_shared sparse_dim"),
    "bincount": _special(bincount),
    "cuda": _special(no_cuda),
    "indices": _special(_places),
    "new": _special(new),
    "share_memory_": Function(lambda tensor: tensor, "plain"),
    "storage": _special(_storage_of),
    "dim_order": Function(Tensor.dim_order, "plain"),
    "to_sparse_coo": Function(lambda tensor: tensor.to_sparse(), "bounded"),
    "to_sparse": Function(lambda tensor: tensor.to_sparse(), "bounded"),
    "untyped_storage": _special(_storage_of),
    "values": Function(lambda tensor: tensor.values(), "bounded"),
}
FUNCTIONAL: dict[str, Function] = {
    **functions_of(F, "measured", "upsample_bilinear upsample_nearest"),
    **functions_of(F, "bounded", "native_channel_shuffle"),
}
MODULES: dict[str, Function] = functions_of(
    nn,
    "module",
    """
    CircularPad3d LPPool3d MaxUnpool3d ReflectionPad3d ReplicationPad3d Transformer
    TripletMarginWithDistanceLoss
    AdaptiveLogSoftmaxWithLoss LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d
    LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyInstanceNorm1d
    LazyInstanceNorm2d LazyLinear
    """,
)
SPECIAL: dict[str, Function] = functions_of(
    torch.special,
    "bounded",
    """
    modified_bessel_i0 modified_bessel_i1 modified_bessel_k0 modified_bessel_k1
    scaled_modified_bessel_k0 scaled_modified_bessel_k1 spherical_bessel_j0
    """,
)
LINALG: dict[str, Function] = functions_of(
    torch.linalg, "heavy", "ldl_factor ldl_factor_ex ldl_solve lu_factor_ex"
)
_PLAIN_CLASSES = {
    "torch.Storage": torch.UntypedStorage,
    "torch.linalg.LinAlgError": torch.linalg.LinAlgError,  # type: ignore[attr-defined]
    "torch.nn.utils.rnn.PackedSequence": nn.utils.rnn.PackedSequence,
    "torch.optim.lr_scheduler.LRScheduler": torch.optim.lr_scheduler.LRScheduler,
    "torch.optim.lr_scheduler._LRScheduler": torch.optim.lr_scheduler.LRScheduler,
    "torch.autograd.function.FunctionCtx": FunctionCtx,
    "torch.nn.RNNBase": nn.RNNBase,
    "torch.nn.modules.batchnorm._BatchNorm": nn.modules.batchnorm._BatchNorm,
    "torch.nn.modules.conv._ConvNd": nn.modules.conv._ConvNd,
}
NAMES: dict[str, object] = {
    **{f"torch.{name}": entry for name, entry in TORCH.items()},
    **{f"torch.nn.functional.{name}": entry for name, entry in FUNCTIONAL.items()},
    **{f"torch.nn.{name}": entry for name, entry in MODULES.items()},
    **{f"torch.special.{name}": entry for name, entry in SPECIAL.items()},
    **{f"torch.linalg.{name}": entry for name, entry in LINALG.items()},
    **{path: Function(cls, "class", cls) for path, cls in _PLAIN_CLASSES.items()},
    "torch.sparse.mm": Function(torch.sparse.mm, "bounded"),
    "torch.sparse.sum": Function(torch.sparse.sum, "bounded"),
    "torch.sparse_coo": torch.sparse_coo,
    **{
        f"torch.nn.utils.{name}": Function(getattr(nn.utils, name), "bounded")
        for name in ("clip_grads_with_norm_", "get_total_norm")
    },
    "torch.nn.utils.clip_grad_norm": Function(nn.utils.clip_grad_norm_, "bounded"),
    **{
        f"torch.nn.utils.{name}": _on_weight(getattr(nn.utils, name))
        for name in ("remove_spectral_norm", "remove_weight_norm", "spectral_norm", "weight_norm")
    },
    **{
        f"torch.nn.utils.parametrizations.{name}": _on_weight(getattr(parametrizations, name))
        for name in ("orthogonal", "spectral_norm", "weight_norm")
    },
    **{
        f"torch.nn.utils.parametrize.{name}": _on_weight(getattr(parametrize, name))
        for name in ("is_parametrized", "register_parametrization", "remove_parametrizations")
    },
    **{
        f"torch.nn.utils.prune.{name}": _on_weight(getattr(prune, name))
        for name in _PRUNING.split()
    },
    **{
        f"torch.nn.utils.prune.{cls.__name__}": Function(cls, "class", cls)
        for cls in _METHODS_OF_PRUNING
    },
    "torch.nn.utils.prune.global_unstructured": _special(global_unstructured),
    "torch.nn.utils.rnn.unpack_sequence": _special(unpack_sequence),
    "torch.ctc_loss": _special(ctc_loss),
    "torch.nn.functional.ctc_loss": _special(ctc_loss),
    "torch.nn.utils.prune.is_pruned": _special(is_pruned),
    "torch.nn.utils.rnn.pack_sequence": _special(pack_sequence),
    "torch.nn.utils.rnn.unpad_sequence": _special(unpad_sequence),
    "torch.nn.init._calculate_fan_in_and_fan_out": Function(
        nn.init._calculate_fan_in_and_fan_out, "plain"
    ),
    "torch.nn.modules.module.Module": Function(nn.Module, "module", nn.Module),
    "torch.autograd.forward_ad.dual_level": _special(dual_level),
    "torch.autograd.forward_ad.make_dual": Function(forward_ad.make_dual, "bounded"),
    "torch.autograd.forward_ad.unpack_dual": Function(forward_ad.unpack_dual, "bounded"),
    "torch.autograd.graph.disable_saved_tensors_hooks": Function(
        graph.disable_saved_tensors_hooks, "plain"
    ),
    "torch.autograd.graph.get_gradient_edge": _special(gradient_edge),
    "torch.autograd.graph.increment_version": _special(increment_version),
    "torch.func.stack_module_state": _special(stack_module_state),
    "torch.optim.swa_utils.SWALR": Function(torch.optim.swa_utils.SWALR, "plain"),
}


def _names(names: str) -> dict[str, Any]:
    return {name: operator.attrgetter(name) for name in names.split()}


TABLES: dict[type, Members] = {
    Storage: _STORAGE,
    graph.GradientEdge: Members(attributes=_names("node output_nr")),
    forward_ad.UnpackedDualTensor: Members(attributes=_names("primal tangent")),
    KEYS_THAT_DIFFER: Members(attributes=_names("missing_keys unexpected_keys")),
    nn.Transformer: Members(methods={"generate_square_subsequent_mask": _special(_mask_of)}),
}
CLASS_MEMBERS: dict[type, dict[str, object]] = {
    nn.Transformer: {"generate_square_subsequent_mask": _special(square_mask)},
}
