"""Which operations lose the history of what they are given, and what the diagnosis calls that."""

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

_INDEX = frozenset(
    """argmax argmin argsort nonzero argwhere searchsorted bucketize max min sort topk kthvalue mode
    median cummax cummin unique unique_consecutive multinomial one_hot count_nonzero aminmax
    nanmedian""".split()
)
_INTEGER = frozenset("long int short char byte to type type_as bfloat16 half".split())
_COMPARISON = frozenset(
    """eq ne lt gt le ge equal isclose allclose isnan isinf isfinite logical_and logical_or
    logical_not logical_xor any all bool greater greater_equal less less_equal not_equal isin
    isreal signbit isneginf isposinf is_nonzero""".split()
)
_MADE_ANEW = frozenset(
    """tensor as_tensor asarray Tensor FloatTensor DoubleTensor HalfTensor BFloat16Tensor LongTensor
    IntTensor ShortTensor CharTensor ByteTensor BoolTensor Parameter variable Variable new_tensor
    from_numpy""".split()
)
_OF_THE_SHAPE = frozenset(
    """zeros_like ones_like empty_like rand_like randn_like randint_like new_zeros new_ones
    new_empty zeros ones empty arange size requires_grad_ zero_ normal_
    uniform_ random_ bernoulli_ exponential_ eye_ constant_ zeros_ ones_ retain_grad grad
    backward kaiming_normal_ kaiming_uniform_ xavier_normal_ xavier_uniform_ orthogonal_
    trunc_normal_ is_tensor numel nelement dim stride element_size hash id len print repr str type
    isinstance state_dict parameters named_parameters clip_grad_norm_ clip_grad_value_
    vector_to_parameters deepcopy copy load save vmap step zero_grad""".split()
)
# Functions of ours that are followed like PyTorch's own; what the others return has no history.
FOLLOWED_OF_OURS = frozenset(
    """item tolist numpy to type round one_hot repeat_interleave from_numpy abs pow fsum
    sample""".split()
)
# Of their first argument they take the shape alone.
FILLED = frozenset("full full_like new_full fill fill_".split())
# Methods that leave a number, or an array, of what a tensor holds.
NUMBERS = frozenset("item float int bool complex tolist numpy round".split())
_NUMPY = "cut_numpy"
OF_NUMBERS = {"item": "cut_item", "tolist": "cut_tolist", "numpy": _NUMPY}


def called(function: Any) -> str:
    """A function's name as a program spells it."""
    return _spelled(function.name)


@lru_cache(maxsize=4096)
def _spelled(name: str) -> str:
    for prefix in ("tensor_", "safe_", "autograd_", "init_"):
        name = name.removeprefix(prefix)
    return name.lstrip("_")


@lru_cache(maxsize=4096)
def is_of_shape(name: str) -> bool:
    """Whether what a function returns does not depend on the values that it is given."""
    return name in _OF_THE_SHAPE or (name.startswith("is_") and name != "is_nonzero")


def cause_of_number(name: str) -> str:
    return OF_NUMBERS.get(name, "cut_item")


def cause_of(name: str, result: Tensor) -> str:
    """Why a tensor that an operation made has no history, although what it was given has one."""
    if name in ("detach", "detach_"):
        return "cut_detach"
    if name == "data":
        return "cut_data"
    if name == "sample":
        return "cut_sample"
    if name in _MADE_ANEW:
        return "cut_new_tensor"
    if name in _COMPARISON:
        return "cut_comparison"
    floating = result.is_floating_point() or result.is_complex()
    if not floating:
        if name in _INDEX:
            return "cut_index"
        if name in _INTEGER:
            return "cut_integer"
        if result.dtype is torch.bool:
            return "cut_comparison"
    if torch.is_inference_mode_enabled():
        return "cut_inference"
    if not torch.is_grad_enabled():
        return "cut_no_grad"
    return "cut_integer" if not floating else "cut_not_differentiable"
