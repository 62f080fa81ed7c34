"""Tables of PyTorch's less common names, by the kind of their size, as in torch_names.py."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autograd_explorer.language.library.entry import Function, functions_of

_ELEMENTWISE = """
    adjoint angle arccos arccosh arcsin arcsinh arctan arctan2 arctanh argwhere conj conj_physical
    frexp gcd greater greater_equal hardshrink i0 igamma igammac imag isneginf isposinf isreal lcm
    ldexp less less_equal logaddexp2 msort mvlgamma nanmedian nanquantile nextafter not_equal
    polygamma real resolve_conj signbit aminmax bitwise_left_shift bitwise_right_shift index_reduce
    scatter_reduce select_scatter diagonal_scatter slice_scatter unique_consecutive put is_complex
    is_same_size is_signed
"""
_IN_PLACE = """
    absolute_ acos_ acosh_ arccos_ arcsin_ arctan_ asin_ asinh_ atan_ atanh_ clip_ cosh_ deg2rad_
    erfc_ exp2_ expm1_ fix_ frac_ gcd_ i0_ lcm_ ldexp_ log10_ log2_ logit_ rad2deg_ sinc_ sinh_
    xlogy_
"""
_OF_TENSORS_ALONE = """
    addbmm_ addmv_ addr_ atan2_ baddbmm_ bitwise_and_ bitwise_not_ bitwise_or_ bitwise_xor_
    copysign_ cumprod_ digamma_ eq_ erfinv_ fill_diagonal_ float_power_ floor_divide_ ge_ greater_
    greater_equal_ gt_ heaviside_ hypot_ le_ less_ less_equal_ lgamma_ logical_and_ logical_not_
    logical_or_ logical_xor_ lt_ ne_ nextafter_ not_equal_ polygamma_ put_ renorm_ scatter_reduce_
    sgn_ swapaxes_ swapdims_ byte char cdouble cfloat sum_to_size index_reduce_
"""
_HEAVY = "cholesky_inverse cholesky_solve lu_solve orgqr"
_PIECES = "dsplit split_with_sizes"
_SIZED = "as_strided"

_SHARED = (
    functions_of(torch, "bounded", _ELEMENTWISE)
    | functions_of(torch, "heavy", _HEAVY)
    | functions_of(torch, "pieces", _PIECES)
    | functions_of(torch, "sized", _SIZED)
)

TORCH: dict[str, Function] = {
    **_SHARED,
    **functions_of(
        torch,
        "bounded",
        " ".join(name for name in _IN_PLACE.split() if hasattr(torch, name))
        + """
        bilinear binary_cross_entropy_with_logits celu_ complex cosine_embedding_loss
        cumulative_trapezoid embedding fill gradient hinge_embedding_loss isin kl_div layer_norm
        group_norm margin_ranking_loss polar poisson_nll_loss relu_ rms_norm row_stack rsub
        rrelu_ selu_ threshold_ trapezoid trapz triplet_margin_loss unravel_index view_as_complex
        view_as_real pixel_shuffle pixel_unshuffle get_device is_conj batch_norm instance_norm
        embedding_bag fake_quantize_per_tensor_affine fake_quantize_per_channel_affine gru_cell
        lstm_cell rnn_relu_cell rnn_tanh_cell
        """,
    ),
    **functions_of(
        torch,
        "measured",
        """
        cartesian_prod conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d
        pdist tril_indices triu_indices
        """,
    ),
    **functions_of(
        torch, "sized", "bartlett_window blackman_window hamming_window hann_window histc vander"
    ),
    **functions_of(torch, "swept", "avg_pool1d max_pool1d max_pool2d max_pool3d"),
    **functions_of(torch, "heavy", "chain_matmul"),
    **functions_of(torch, "drawing", "alpha_dropout rrelu"),
    **functions_of(
        torch, "plain", "is_storage typename get_num_threads are_deterministic_algorithms_enabled"
    ),
}

METHODS: dict[str, Function] = (
    functions_of(Tensor, "bounded", _ELEMENTWISE + _IN_PLACE + _OF_TENSORS_ALONE)
    | functions_of(Tensor, "heavy", _HEAVY)
    | functions_of(Tensor, "pieces", _PIECES)
    | functions_of(Tensor, "sized", _SIZED + " histc new_empty")
    | functions_of(Tensor, "random", "cauchy_ geometric_ log_normal_")
    | functions_of(Tensor, "plain", "equal get_device is_conj is_nonzero is_set_to ndimension")
)
METHODS["new_empty"] = Function(Tensor.new_zeros, "sized")

FUNCTIONAL: dict[str, Function] = {
    **functions_of(
        F,
        "bounded",
        """
        bilinear celu_ channel_shuffle elu_ embedding_bag grid_sample hardtanh_
        leaky_relu_ multilabel_margin_loss multilabel_soft_margin_loss pixel_shuffle
        pixel_unshuffle relu_ rms_norm rrelu_ selu_ threshold_ triplet_margin_with_distance_loss
        """,
    ),
    **functions_of(F, "sized", "affine_grid"),
    **functions_of(
        F,
        "swept",
        "avg_pool3d local_response_norm lp_pool1d lp_pool2d lp_pool3d max_pool3d",
    ),
    **functions_of(F, "drawing", "dropout3d feature_alpha_dropout scaled_dot_product_attention"),
    **functions_of(
        F,
        "measured",
        """
        adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d conv3d
        conv_transpose3d max_unpool1d max_unpool2d max_unpool3d pdist upsample
        """,
    ),
}

MODULES: dict[str, Function] = functions_of(
    nn,
    "module",
    """
    AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AlphaDropout AvgPool3d
    BatchNorm3d Bilinear CTCLoss ChannelShuffle CircularPad1d CircularPad2d ConstantPad1d
    ConstantPad2d ConstantPad3d Conv3d ConvTranspose3d Dropout3d EmbeddingBag FeatureAlphaDropout
    Fold HingeEmbeddingLoss InstanceNorm3d LPPool1d LPPool2d LocalResponseNorm MaxPool3d
    MaxUnpool1d MaxUnpool2d MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss
    PairwiseDistance PixelShuffle PixelUnshuffle RReLU ReflectionPad1d ReflectionPad2d
    ReplicationPad1d ReplicationPad2d Softmax2d TransformerDecoder TransformerDecoderLayer
    TransformerEncoder TransformerEncoderLayer Unfold Upsample UpsamplingBilinear2d
    UpsamplingNearest2d ZeroPad1d ZeroPad2d ZeroPad3d
    """,
)
LINALG: dict[str, Function] = functions_of(
    torch.linalg,
    "heavy",
    """
    cholesky_ex eig eigvals householder_product inv_ex lu lu_factor lu_solve solve_ex tensorinv
    tensorsolve
    """,
) | functions_of(torch.linalg, "sized", "vander")
FFT: dict[str, Function] = functions_of(
    torch.fft,
    "sized",
    """
    fft fft2 fftfreq fftn hfft ifft ifft2 ifftn ihfft irfft irfft2 irfftn rfft rfft2 rfftfreq rfftn
    """,
) | functions_of(torch.fft, "bounded", "fftshift ifftshift")
SPECIAL: dict[str, Function] = functions_of(
    torch.special,
    "bounded",
    """
    airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 digamma entr erf erfc erfcx erfinv exp2 expit
    expm1 gammainc gammaincc gammaln i0 i0e i1 i1e log1p log_ndtr log_softmax logit logsumexp
    multigammaln ndtr ndtri polygamma psi round sinc softmax xlog1py xlogy zeta
    """,
)
INIT: dict[str, Function] = functions_of(nn.init, "drawing", "dirac_ sparse_")
for _old in ("constant", "kaiming_normal", "kaiming_uniform", "normal", "orthogonal", "uniform",
             "xavier_normal", "xavier_uniform"):  # fmt: skip
    INIT[_old] = Function(getattr(nn.init, _old), "drawing")
DTYPES = [name for name in dir(torch) if isinstance(getattr(torch, name), torch.dtype)]
MEMORY_FORMATS = "channels_last contiguous_format preserve_format channels_last_3d".split()
_TENSOR_TYPES = {
    "DoubleTensor": torch.float64, "HalfTensor": torch.float16, "IntTensor": torch.int32,
    "ShortTensor": torch.int16, "CharTensor": torch.int8, "ByteTensor": torch.uint8,
    "BoolTensor": torch.bool, "BFloat16Tensor": torch.bfloat16,
}  # fmt: skip
TENSOR_TYPES = {name: (getattr(torch, name), dtype) for name, dtype in _TENSOR_TYPES.items()}
# Types of tensors as x.type(…) takes them, also as text.
DTYPE_OF = {
    **dict(TENSOR_TYPES.values()),
    torch.FloatTensor: torch.float32,
    torch.LongTensor: torch.int64,
    **{f"torch.{name}": dtype for name, dtype in _TENSOR_TYPES.items()},
    "torch.FloatTensor": torch.float32,
    "torch.LongTensor": torch.int64,
}
