"""Tables of the rest of PyTorch's names, with the functions of torch_rest.py."""

import copy
import dataclasses
import json
import operator
import re
import statistics
from typing import Any

import torch
import torch.nn.functional as F
import torch.nn.grad as convolution_gradients
from torch import Tensor, nn
from torch.autograd import forward_ad, graph
from torch.autograd.function import FunctionCtx
from torch.autograd.gradcheck import GradcheckError
from torch.nn.utils import parametrizations, parametrize, prune

from autograd_explorer.language.belongings import Hint, Storage
from autograd_explorer.language.library import global_hooks, storages
from autograd_explorer.language.library import torch_rest as functions
from autograd_explorer.language.library.entry import Function, Members, functions_of
from autograd_explorer.language.library.torch_rest import as_entry as _special
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.torch_internals import (
    ADAPTIVE_OUTPUT,
    ASSERTIONS,
    BATCH_NORMS,
    COMMON_TYPES,
    CONVOLUTIONS,
    FANS_OF,
    KERNELS_OF_OPTIMIZERS,
    KEYS_THAT_DIFFER,
    LOSSES_TO_DERIVE_FROM,
    OF_OPTIMIZERS,
    REPEATED,
    WRAPPED_CONTEXT,
    VmapInfo,
)

_STORAGE = Members(
    methods={
        "__getitem__": _special(storages.storage_item),
        "__len__": _special(storages.storage_length),
        "__setitem__": _special(storages.put_in_storage),
        "data_ptr": _special(storages.storage_pointer),
        "nbytes": Function(lambda s: s.tensor.untyped_storage().nbytes(), "plain"),
        "size": Function(lambda s: len(s), "plain"),
        "tolist": _special(storages.storage_list),
    }
)


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
    "apply_": _special(functions.applied),
    "map_": _special(functions.mapped),
    "bincount": _special(functions.bincount),
    "combinations": _special(functions.combinations),
    "pca_lowrank": functions.low_rank(torch.pca_lowrank),
    "svd_lowrank": functions.low_rank(torch.svd_lowrank),
    "sparse_coo_tensor": _special(functions.sparse_coo_tensor),
    **{name: functions.for_each(name) for name in dir(torch) if name.startswith("_foreach_")},
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
    "apply_": _special(functions.applied),
    "map_": _special(functions.mapped),
    "bincount": _special(functions.bincount),
    "cuda": _special(functions.no_cuda),
    "indices": _special(functions.places),
    "new": _special(functions.new),
    "share_memory_": Function(lambda tensor: tensor, "plain"),
    "resize_": _special(storages.resized),
    "resize_as_": _special(storages.resized_as),
    "storage": _special(storages.storage_of),
    "dim_order": Function(Tensor.dim_order, "plain"),
    "to_sparse_coo": Function(lambda tensor: tensor.to_sparse(), "bounded"),
    "to_sparse": Function(lambda tensor: tensor.to_sparse(), "bounded"),
    "untyped_storage": _special(storages.bytes_of),
    "values": Function(lambda tensor: tensor.values(), "bounded"),
}
FUNCTIONAL: dict[str, Function] = {
    **functions_of(F, "measured", "upsample_bilinear upsample_nearest"),
    **functions_of(F, "bounded", "native_channel_shuffle"),
    "fractional_max_pool2d": functions.fractional_pool(F.fractional_max_pool2d),
    "fractional_max_pool3d": functions.fractional_pool(F.fractional_max_pool3d),
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
    # Named in `isinstance`: here no size is a symbol.
    "torch.SymBool": torch.SymBool,
    "torch.SymFloat": torch.SymFloat,
    "torch.SymInt": torch.SymInt,
    # Named in `except`.
    "copy.Error": copy.Error,
    "dataclasses.FrozenInstanceError": dataclasses.FrozenInstanceError,
    "json.JSONDecodeError": json.JSONDecodeError,
    "json.decoder.JSONDecodeError": json.JSONDecodeError,
    "re.error": re.error,
    "statistics.StatisticsError": statistics.StatisticsError,
    "torch.AcceleratorError": torch.AcceleratorError,
    "torch.OutOfMemoryError": torch.OutOfMemoryError,
    "torch.autograd.gradcheck.GradcheckError": GradcheckError,
    "torch.cuda.OutOfMemoryError": torch.OutOfMemoryError,
    "torch.Storage": torch.UntypedStorage,
    "torch.linalg.LinAlgError": torch.linalg.LinAlgError,  # type: ignore[attr-defined]
    "torch.nn.utils.rnn.PackedSequence": nn.utils.rnn.PackedSequence,
    "torch.optim.lr_scheduler.LRScheduler": torch.optim.lr_scheduler.LRScheduler,
    "torch.optim.lr_scheduler._LRScheduler": torch.optim.lr_scheduler.LRScheduler,
    "torch.autograd.function.FunctionCtx": FunctionCtx,
    "torch.nn.RNNBase": nn.RNNBase,
    "torch.nn.SyncBatchNorm": nn.SyncBatchNorm,
    "torch.nn.utils.prune.BasePruningMethod": prune.BasePruningMethod,
    "torch.nn.modules.batchnorm._BatchNorm": BATCH_NORMS,
    "torch.nn.modules.conv._ConvNd": CONVOLUTIONS,
    "torch.nn.modules.module._IncompatibleKeys": KEYS_THAT_DIFFER,
}
NAMES: dict[str, object] = {
    **{f"torch.{name}": entry for name, entry in TORCH.items()},
    **{f"torch.nn.functional.{name}": entry for name, entry in FUNCTIONAL.items()},
    **{f"torch.nn.{name}": entry for name, entry in MODULES.items()},
    **{f"torch.special.{name}": entry for name, entry in SPECIAL.items()},
    **{f"torch.linalg.{name}": entry for name, entry in LINALG.items()},
    **{path: Function(cls, "class", cls) for path, cls in _PLAIN_CLASSES.items()},
    **{f"torch.{name}": Function(call, "plain") for name, call in ASSERTIONS.items()},
    **{
        f"torch.optim.optimizer.{name}": Function(part, "plain") if callable(part) else part
        for name, part in OF_OPTIMIZERS.items()
    },
    **{
        f"torch.{home}.{name}": Function(call, "plain")
        for name, call in KERNELS_OF_OPTIMIZERS.items()
        for home in ("optim.optimizer", "utils._foreach_utils")
    },
    **{
        f"torch.distributed.{name}": Function(getattr(torch.distributed, name), "plain")
        for name in ("get_rank", "get_world_size")
    },
    **{
        f"torch.nn.common_types.{name}": Hint(str(written), ())
        for name, written in COMMON_TYPES.items()
    },
    "torch.sparse.mm": Function(torch.sparse.mm, "bounded"),
    "torch.sparse.sum": Function(torch.sparse.sum, "bounded"),
    "torch.nn.utils.parameters_to_vector": _special(functions.parameters_to_vector),
    "torch.nn.utils.vector_to_parameters": _special(functions.vector_to_parameters),
    "torch.sparse_coo": torch.sparse_coo,
    **{
        f"torch.nn.utils.{name}": Function(getattr(nn.utils, name), "bounded")
        for name in ("clip_grads_with_norm_", "get_total_norm")
    },
    "torch.nn.utils.clip_grad_norm": Function(nn.utils.clip_grad_norm, "bounded"),
    **{
        f"torch.nn.utils.{name}": functions.on_weight(getattr(nn.utils, name))
        for name in ("remove_spectral_norm", "remove_weight_norm", "spectral_norm", "weight_norm")
    },
    **{
        f"torch.nn.utils.parametrizations.{name}": functions.on_weight(
            getattr(parametrizations, name)
        )
        for name in ("orthogonal", "spectral_norm", "weight_norm")
    },
    **{
        f"torch.nn.utils.parametrize.{name}": functions.on_weight(getattr(parametrize, name))
        for name in ("is_parametrized", "register_parametrization", "remove_parametrizations")
    },
    "torch.nn.utils.parametrize.cached": _special(functions.cached),
    **{
        f"torch.nn.utils.prune.{name}": functions.on_weight(getattr(prune, name))
        for name in functions.PRUNING.split()
    },
    **{
        f"torch.nn.utils.prune.{cls.__name__}": Function(cls, "class", cls)
        for cls in functions.METHODS_OF_PRUNING
    },
    "torch.nn.utils.prune.global_unstructured": _special(functions.global_unstructured),
    "torch.nn.utils.rnn.unpack_sequence": _special(functions.unpack_sequence),
    "torch.ctc_loss": _special(functions.ctc_loss),
    "torch.nn.functional.ctc_loss": _special(functions.ctc_loss),
    "torch.nn.utils.prune.is_pruned": _special(functions.is_pruned),
    "torch.nn.utils.rnn.pack_sequence": _special(functions.pack_sequence),
    "torch.nn.utils.rnn.unpad_sequence": _special(functions.unpad_sequence),
    "torch.nn.init._calculate_fan_in_and_fan_out": Function(FANS_OF, "plain"),
    **{
        f"torch.nn.modules.loss.{name}": Function(cls, "module", cls)
        for name, cls in LOSSES_TO_DERIVE_FROM.items()
    },
    **{
        f"torch.nn.modules.utils.{name}": Function(call, "plain") for name, call in REPEATED.items()
    },
    "torch.nn.modules.utils.consume_prefix_in_state_dict_if_present": Function(
        nn.modules.utils.consume_prefix_in_state_dict_if_present, "plain"
    ),
    **{
        f"torch.nn.modules.module.{name}": _special(call)
        for name, call in global_hooks.FUNCTIONS.items()
    },
    "torch.autograd.forward_ad.dual_level": _special(functions.dual_level),
    "torch.autograd.forward_ad.make_dual": Function(forward_ad.make_dual, "bounded"),
    "torch.autograd.forward_ad.unpack_dual": Function(forward_ad.unpack_dual, "bounded"),
    "torch.autograd.graph.disable_saved_tensors_hooks": Function(
        graph.disable_saved_tensors_hooks, "plain"
    ),
    "torch.autograd.graph.get_gradient_edge": _special(functions.gradient_edge),
    "torch.autograd.graph.increment_version": _special(functions.increment_version),
    "torch.func.stack_module_state": _special(functions.stack_module_state),
    **{
        f"torch.nn.grad.conv{n}d_{what}": Function(
            getattr(convolution_gradients, f"conv{n}d_{what}"), "measured"
        )
        for n in (1, 2, 3)
        for what in ("input", "weight")
    },
    "torch.optim.swa_utils.SWALR": Function(torch.optim.swa_utils.SWALR, "plain"),
}


def _names(names: str) -> dict[str, Any]:
    return {name: operator.attrgetter(name) for name in names.split()}


def _of_wrapped(name: str) -> Function:
    """A method of the context that vmap gives, which finds most of them on the one inside."""

    def call(runtime: Runtime, ctx: Any, *args: Any) -> None:
        getattr(ctx, name)(*[runtime.calls.native(value) for value in args])

    return _special(call)


TABLES: dict[type, Members] = {
    WRAPPED_CONTEXT: Members(
        attributes=_names("needs_input_grad saved_tensors"),
        methods={
            name: _of_wrapped(name)
            for name in (
                "mark_dirty",
                "mark_non_differentiable",
                "save_for_backward",
                "save_for_forward",
                "set_materialize_grads",
            )
        },
    ),
    Storage: _STORAGE,
    nn.RNNBase: Members(
        attributes=_names("all_weights"),
        methods={"flatten_parameters": Function(nn.RNNBase.flatten_parameters, "plain")},
    ),
    **{
        cls: Members(methods={"reset_running_stats": Function(cls.reset_running_stats, "plain")})
        for cls in (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
    },
    VmapInfo: Members(attributes=_names("batch_size randomness")),
    graph.GradientEdge: Members(attributes=_names("node output_nr")),
    forward_ad.UnpackedDualTensor: Members(attributes=_names("primal tangent")),
    ADAPTIVE_OUTPUT: Members(attributes=_names("output loss")),
    KEYS_THAT_DIFFER: Members(attributes=_names("missing_keys unexpected_keys")),
    nn.Transformer: Members(
        methods={"generate_square_subsequent_mask": _special(functions.mask_of)}
    ),
}
CLASS_MEMBERS: dict[type, dict[str, object]] = {
    nn.Transformer: {"generate_square_subsequent_mask": _special(functions.square_mask)},
}
