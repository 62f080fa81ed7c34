"""Tables of the names of PyTorch that a program may use."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx
from torch.utils.hooks import RemovableHandle

from autograd_explorer.language.belongings import Storage
from autograd_explorer.language.heard_warnings import hear, leaf_warning
from autograd_explorer.language.library import array_names, module_parts
from autograd_explorer.language.library.entry import Function, Getter, Members, functions_of
from autograd_explorer.torch_internals import NAMING, names_of_saved

# Functions of torch that are methods of a tensor as well

_ELEMENTWISE = """
    abs absolute acos acosh asin asinh atan atanh bitwise_not ceil clamp clamp_max clamp_min clip
    cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 fix floor frac isfinite isinf isnan
    lgamma log log10 log1p log2 log_softmax logical_not logit nan_to_num neg negative positive
    rad2deg reciprocal relu round rsqrt sgn sigmoid sign sin sinc sinh softmax sqrt square tan
    tanh trunc
"""
_PAIRWISE = """
    add addcdiv addcmul allclose atan2 bitwise_and bitwise_or bitwise_xor copysign cross div divide
    dot eq floor_divide fmax fmin fmod ge gt heaviside hypot inner isclose le lerp logaddexp
    logical_and logical_or logical_xor lt matmul maximum minimum mm bmm mv mul multiply ne outer
    ger pow remainder sub subtract true_divide vdot xlogy addmm addmv addr baddbmm kron dist
    addbmm float_power
"""
_REDUCTIONS = """
    all amax amin any argmax argmin argsort count_nonzero cummax cummin cumprod cumsum kthvalue
    logcumsumexp logsumexp max mean median min mode nanmean nansum norm prod quantile sort std sum
    topk trace unique var renorm
"""
_SHAPES = """
    clone detach diagonal flatten flip fliplr flipud gather index_add index_copy index_fill
    index_select masked_fill masked_scatter masked_select moveaxis movedim narrow nonzero permute
    ravel reshape roll rot90 scatter scatter_add select squeeze swapaxes swapdims t take
    take_along_dim transpose tril triu unflatten unsqueeze where
"""
_IN_PLACE = """
    abs_ add_ addcdiv_ addcmul_ addmm_ ceil_ clamp_ clamp_max_ clamp_min_ copy_ cos_ cumsum_ detach_
    div_ divide_ erf_ exp_ fill_ floor_ fmod_ index_add_ index_copy_ index_fill_ lerp_ log_ log1p_
    masked_fill_ masked_scatter_ mul_ multiply_ neg_ negative_ nan_to_num_ pow_ reciprocal_ relu_
    remainder_ requires_grad_ round_ rsqrt_ scatter_ scatter_add_ sigmoid_ sign_ sin_ sqrt_
    square_ squeeze_ sub_ subtract_ t_ tan_ tanh_ transpose_ tril_ triu_ true_divide_ trunc_
    unsqueeze_ zero_
"""
_PIECES = "chunk split tensor_split unbind hsplit vsplit"
_SIZED = "tile broadcast_to"
_MEASURED = "diag diag_embed diagflat"
_SWEPT = "diff"
_HEAVY = "det inverse logdet matrix_exp matrix_power pinverse slogdet qr svd cholesky"

_SHARED = (
    functions_of(torch, "bounded", _ELEMENTWISE + _PAIRWISE + _REDUCTIONS + _SHAPES)
    | functions_of(torch, "plain", "equal")
    | functions_of(torch, "pieces", _PIECES)
    | functions_of(torch, "sized", _SIZED)
    | functions_of(torch, "measured", _MEASURED)
    | functions_of(torch, "heavy", _HEAVY)
    | functions_of(torch, "swept", _SWEPT)
)

SHARED_NAMES = frozenset(_SHARED)  # those that are methods of a tensor as well


def _zero_filled(*size: Any, **options: Any) -> Tensor:
    """torch.empty, but filled with zeros: a program shows the same numbers each time."""
    return torch.zeros(*size, **options)


_VALUES = (list, tuple, range, np.ndarray)


def old_constructor(cls: Any, its_dtype: torch.dtype | None) -> Callable[..., Tensor]:
    """torch.Tensor, torch.FloatTensor and the like. They take values in a list, a tensor to share
    memory with, or sizes. Given sizes, PyTorch would leave the memory unfilled; here it is filled
    with zeros."""

    def call(*given: Any, device: Any = None) -> Tensor:
        dtype = its_dtype or torch.get_default_dtype()
        if len(given) == 1 and isinstance(given[0], Storage) and given[0].tensor.dtype == dtype:
            return given[0].whole().data
        if len(given) == 1 and isinstance(given[0], Tensor):
            return cls(*given)  # type: ignore[no-any-return]
        sizes = bool(given) and isinstance(given[0], torch.Size)
        if len(given) == 1 and isinstance(given[0], _VALUES) and not sizes:
            return torch.tensor(given[0], dtype=dtype, device=device)
        return torch.zeros(*(given or (0,)), dtype=dtype, device=device)

    return call


def _variable(data: Tensor, requires_grad: bool = False, volatile: Any = None) -> Tensor:
    if volatile is not None:
        words = "volatile was removed and now has no effect. Use `with torch.no_grad():` instead."
        hear("UserWarning", words)
    return torch.autograd.Variable(data, requires_grad=requires_grad)


TORCH: Mapping[str, Function] = {
    **_SHARED,
    **functions_of(
        torch,
        "bounded",
        """
        as_tensor atleast_1d atleast_2d atleast_3d bucketize cat column_stack concat
        concatenate dstack einsum full_like hstack is_floating_point is_nonzero is_tensor
        meshgrid numel ones_like prelu searchsorted selu celu stack std_mean tensor tensordot
        threshold var_mean vstack zeros_like broadcast_tensors cosine_similarity pairwise_distance
        """,
    ),
    **functions_of(
        torch, "bounded", " ".join(name for name in _IN_PLACE.split() if hasattr(torch, name))
    ),
    **functions_of(torch, "heavy", "cdist"),
    **functions_of(torch, "sized", "full ones zeros"),
    **functions_of(torch, "measured", "arange block_diag eye linspace logspace range"),
    **functions_of(
        torch, "random", "bernoulli multinomial normal poisson rand randint randn randperm"
    ),
    **functions_of(torch, "drawing", "rand_like randint_like randn_like dropout"),
    **functions_of(
        torch,
        "plain",
        """
        broadcast_shapes finfo get_default_dtype iinfo is_grad_enabled is_inference
        is_inference_mode_enabled promote_types result_type can_cast Generator
        """,
    ),
    **functions_of(torch, "context", "enable_grad inference_mode no_grad set_grad_enabled"),
    "empty": Function(_zero_filled, "sized"),
    "empty_like": Function(torch.zeros_like, "bounded"),
    "Tensor": Function(old_constructor(Tensor, None), "sized", Tensor),
    "FloatTensor": Function(
        old_constructor(torch.FloatTensor, torch.float32), "sized", torch.FloatTensor
    ),
    "LongTensor": Function(
        old_constructor(torch.LongTensor, torch.int64), "sized", torch.LongTensor
    ),
    "Size": Function(torch.Size, "plain", torch.Size),
    "dtype": Function(torch.dtype, "class", torch.dtype),
}  # fmt: skip

FUNCTIONAL: Mapping[str, Function] = {
    **functions_of(
        F,
        "bounded",
        """
        binary_cross_entropy binary_cross_entropy_with_logits celu cosine_embedding_loss
        cosine_similarity cross_entropy elu gaussian_nll_loss gelu glu hardshrink hardsigmoid
        hardswish hardtanh hinge_embedding_loss huber_loss kl_div l1_loss layer_norm leaky_relu
        linear log_softmax logsigmoid margin_ranking_loss mish mse_loss
        multi_margin_loss nll_loss normalize pairwise_distance poisson_nll_loss prelu relu relu6
        selu sigmoid silu smooth_l1_loss soft_margin_loss softmax
        softmin softplus softshrink softsign tanh tanhshrink threshold triplet_margin_loss
        embedding batch_norm group_norm instance_norm
        """,
    ),
    **functions_of(F, "swept", "max_pool1d max_pool2d avg_pool1d avg_pool2d"),
    **functions_of(F, "drawing", "alpha_dropout dropout dropout1d dropout2d rrelu gumbel_softmax"),
    **functions_of(
        F,
        "measured",
        """
        adaptive_avg_pool1d adaptive_avg_pool2d conv1d conv2d conv_transpose1d conv_transpose2d
        fold interpolate pad unfold
        """,
    ),
}  # fmt: skip

LINALG: Mapping[str, Function] = {
    **functions_of(
        torch.linalg, "bounded", "cross diagonal matmul norm vecdot vector_norm"
    ),
    **functions_of(
        torch.linalg,
        "heavy",
        """
        cholesky cond det eigh eigvalsh inv lstsq matrix_exp matrix_norm matrix_power matrix_rank
        multi_dot pinv qr slogdet solve solve_triangular svd svdvals
        """,
    ),
}  # fmt: skip

INIT: Mapping[str, Function] = functions_of(
    nn.init,
    "drawing",
    """
    constant_ eye_ kaiming_normal_ kaiming_uniform_ normal_ ones_ orthogonal_ trunc_normal_
    uniform_ xavier_normal_ xavier_uniform_ zeros_ calculate_gain
    """,
)

MODULES: Mapping[str, Function] = functions_of(
    nn,
    "module",
    """
    AdaptiveAvgPool1d AdaptiveAvgPool2d AvgPool1d AvgPool2d BCELoss BCEWithLogitsLoss BatchNorm1d
    BatchNorm2d CELU Conv1d Conv2d ConvTranspose1d ConvTranspose2d CosineEmbeddingLoss
    CosineSimilarity CrossEntropyLoss Dropout Dropout1d Dropout2d ELU Embedding Flatten GELU GLU
    GRU GRUCell GaussianNLLLoss GroupNorm Hardshrink Hardsigmoid Hardswish Hardtanh HuberLoss
    Identity InstanceNorm1d InstanceNorm2d KLDivLoss L1Loss LSTM LSTMCell LayerNorm LeakyReLU
    Linear LogSigmoid LogSoftmax MSELoss MarginRankingLoss MaxPool1d MaxPool2d Mish Module
    ModuleDict ModuleList MultiheadAttention NLLLoss PReLU ParameterDict ParameterList
    PoissonNLLLoss RMSNorm RNN RNNCell ReLU ReLU6 SELU Sequential SiLU Sigmoid SmoothL1Loss
    SoftMarginLoss Softmax Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold
    TripletMarginLoss Unflatten
    """,
)

OPTIMIZERS: Mapping[str, type] = {
    name: getattr(torch.optim, name)
    for name in (
        "ASGD", "Adadelta", "Adagrad", "Adam", "AdamW", "Adamax", "LBFGS", "NAdam", "RAdam",
        "Adafactor", "RMSprop", "Rprop", "SGD", "SparseAdam",
    )
}  # fmt: skip
NN_UTILS: Mapping[str, Function] = functions_of(
    nn.utils,
    "bounded",
    "clip_grad_norm_ clip_grad_value_",
)

DTYPES = """
    float32 float64 float16 bfloat16 float double half int64 int32 int16 int8 uint8 long int
    short bool
""".split()  # fmt: skip

# Tensors

_METHODS_ALONE = """
    bfloat16 bool contiguous cpu double expand_as float half index_put index_put_ int long
    new_tensor reshape_as short type_as view view_as
"""


def _grad(tensor: Tensor) -> Tensor | None:
    try:
        own = tensor.is_leaf or tensor.retains_grad
    except RuntimeError:  # of a view made under no_grad, PyTorch will not tell
        own = False
    if own:
        return tensor.grad
    # PyTorch itself would warn only once in all: to Python, every such warning of any program comes
    # from this one line.
    hear("UserWarning", leaf_warning())
    return None


def _set_grad(tensor: Tensor, value: Any) -> None:
    tensor.grad = value


def _set_data(tensor: Tensor, value: Any) -> None:
    tensor.data = value


def _set_requires_grad(tensor: Tensor, value: Any) -> None:
    tensor.requires_grad = value


def _set_training(module: nn.Module, value: Any) -> None:
    module.__dict__["training"] = bool(value)  # not of the modules in it


def _getters(names: str) -> dict[str, Getter]:
    return {name: operator.attrgetter(name) for name in names.split()}


# Functions such as torch.tensor are no methods; others, such as sum, are the same as the method.
TENSOR = Members(
    attributes=_getters(
        """
        H T mH mT _base data device dtype grad_fn imag is_cpu is_cuda is_leaf is_meta is_mkldnn
        is_mps is_nested is_quantized is_sparse_csr is_xpu itemsize name nbytes ndim real
        requires_grad retains_grad shape layout output_nr is_sparse _version volatile
        """
    )
    | {"grad": _grad},
    methods=functions_of(
        Tensor,
        "bounded",
        _ELEMENTWISE + _PAIRWISE + _REDUCTIONS + _SHAPES + _IN_PLACE + _METHODS_ALONE,
    )
    | functions_of(Tensor, "pieces", _PIECES)
    | functions_of(Tensor, "sized", _SIZED + " expand repeat new_full new_ones new_zeros")
    | functions_of(Tensor, "measured", _MEASURED + " unfold")
    | functions_of(Tensor, "heavy", _HEAVY)
    | functions_of(Tensor, "swept", _SWEPT)
    | functions_of(
        Tensor,
        "random",
        "bernoulli bernoulli_ exponential_ multinomial normal_ random_ uniform_",
    )
    | functions_of(
        Tensor,
        "plain",
        """
        dim element_size _is_view is_contiguous is_floating_point is_inference item nelement
        numel retain_grad size storage_offset stride
        """,
    ),
    setters={"grad": _set_grad, "data": _set_data, "requires_grad": _set_requires_grad},
)  # fmt: skip


def saved_of(cls: type) -> Members:
    """What a node of a class has kept: `_saved_self`, and `_raw_saved_self` to put hooks on."""
    return Members(attributes=_getters(" ".join(names_of_saved(cls))))


def _metadata(node: Any) -> dict[str, Any]:
    """A node's notes, without those that the recorder has left on it."""
    return {k: v for k, v in node.metadata.items() if not k.startswith("autograd_explorer")}


NODE = Members(
    attributes=_getters("next_functions variable") | {"metadata": _metadata},
    methods={"name": Function(lambda node: node.name(), "plain")},
)
CONTEXT = Members(
    attributes=_getters("needs_input_grad saved_tensors saved_variables"),
    methods=functions_of(
        FunctionCtx,
        "plain",
        "mark_dirty mark_non_differentiable save_for_forward set_materialize_grads",
    ),
)


def _naming(module: nn.Module) -> Function:
    """The name of a module's class, which old ways of printing a model ask for."""
    return Function(lambda: type(module).__name__, "plain")


MODULE = Members(
    attributes={**_getters("training"), NAMING: _naming},
    methods=functions_of(
        nn.Module,
        "plain",
        """
        bfloat16 buffers children cpu double float half modules named_buffers
        named_children named_modules named_parameters parameters requires_grad_ train zero_grad
        """,
    ),
    setters={"training": _set_training},
)
OPTIMIZER = Members(
    attributes=_getters("param_groups defaults state"),
    methods=functions_of(torch.optim.Optimizer, "plain", "state_dict zero_grad"),
)


_OF_GENERATORS = "get_state initial_seed manual_seed seed set_state"
TABLES: dict[type, Members] = {
    Tensor: TENSOR,
    FunctionCtx: CONTEXT,
    nn.Module: MODULE,
    **module_parts.TABLES,
    torch.optim.Optimizer: OPTIMIZER,
    RemovableHandle: Members(methods={"remove": Function(lambda handle: handle.remove(), "plain")}),
    torch.Size: Members(methods=functions_of(torch.Size, "plain", "count index numel")),
    torch.Generator: Members(
        attributes=_getters("device"),
        methods=functions_of(torch.Generator, "plain", _OF_GENERATORS),
    ),
    torch.device: Members(attributes=_getters("index type")),
    torch.dtype: Members(
        attributes=_getters("is_complex is_floating_point is_signed itemsize"),
        methods=functions_of(torch.dtype, "plain", "to_complex to_real"),
    ),
    torch.finfo: Members(
        attributes=_getters("bits dtype eps max min resolution smallest_normal tiny")
    ),
    torch.iinfo: Members(attributes=_getters("bits dtype max min")),
    np.ndarray: array_names.ARRAY,
}
TABLES[nn.utils.rnn.PackedSequence] = Members(
    attributes=_getters("batch_sizes data sorted_indices unsorted_indices")
)
# The named tuples that max, sort and the like return.
RESULT = Members(
    attributes=_getters(
        "values indices Q R U S Vh L V eigenvalues eigenvectors sign logabsdet solution residuals "
        "rank singular_values"
    )
)

VARIABLE = Function(_variable, "bounded", Tensor)
PARAMETER = Function(nn.Parameter, "bounded", nn.Parameter)
