"""Protects the tensors that PyTorch's kernels use without checking them.

A backward kernel reads the tensors that the forward saved, and some kernels use their whole numbers
as positions in memory. PyTorch usually notices that a saved tensor was changed, by its version
counter. This file closes the ways to change one without that counter: `.data` on whole numbers,
`.data` with another shape, results that share memory with a saved tensor, and hooks that return
another tensor.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.modules import RUNNING
from autograd_explorer.language.values import is_whole
from autograd_explorer.torch_internals import MAX_POOLS, flat_weights, stores_of

# Modules whose forward saves the whole numbers that it is given; those of MAX_POOLS hand out the
# whole numbers that they saved.
_TAKES_INDICES = (nn.Embedding, nn.CrossEntropyLoss, nn.NLLLoss, nn.MultiMarginLoss)
_MOST_ITERATIONS = 1000


def private(value: Any) -> Any:
    """A copy of a tensor of whole numbers, also in tuples and lists; anything else as it is."""
    if is_whole(value):
        copied = value.clone()
        running = RUNNING.get(None)
        if running is not None:
            running.count_made(copied)
        return copied
    if type(value) in (tuple, list):
        return type(value)(private(item) for item in value)
    return value


def keeping_indices(call: Callable[..., Any], *, given: bool) -> Callable[..., Any]:
    """Wrap a function of PyTorch that saves indices for backward, such that the program gets or
    gives a copy of them and cannot change the saved ones.

    given  whether the function returns the indices, as max_pool2d does, or is given them, as
           embedding is
    """

    @functools.wraps(call)
    def kept(*args: Any, **kwargs: Any) -> Any:
        if given:
            return private(call(*args, **kwargs))
        named = {name: private(value) for name, value in kwargs.items()}
        return call(*map(private, args), **named)

    return kept


def takes_indices(module: nn.Module) -> bool:
    return isinstance(module, _TAKES_INDICES)


def private_results(module: nn.Module, made: Any) -> Any:
    return private(made) if isinstance(module, MAX_POOLS) else made


# A tensor's data


def data_of(tensor: Tensor) -> Tensor:
    """tensor.data. For whole numbers it is tensor.detach(), which shares the version counter, so
    that PyTorch notices a change of a saved tensor. Floating-point numbers need no such care: no
    kernel uses them as positions in memory."""
    return tensor.detach() if is_whole(tensor) else tensor.data


def set_data(tensor: Tensor, value: Any) -> None:
    """tensor.data = value, if only the numbers change.

    Raises:  Refused, for another shape, type or layout: a node that saved the tensor relies on them
    """
    if isinstance(value, Tensor):
        same = value.shape == tensor.shape and value.dtype == tensor.dtype
        plain = tensor.layout == value.layout == torch.strided and not is_whole(tensor)
        if not (same and plain):
            raise Refused("assignment", "data")
        value = laid_out(value, tensor.stride())
    tensor.data = value


def laid_out(value: Tensor, strides: tuple[int, ...]) -> Tensor:
    """The tensor, or a copy of it with these strides, which some kernels rely on."""
    if value.stride() == strides:
        return value
    return torch.empty_strided(value.shape, strides, dtype=value.dtype).copy_(value)


def to_parameters(vec: Tensor, parameters: Any) -> None:
    """nn.utils.vector_to_parameters, which assigns to .data as well.

    Raises:  Refused, for a vector of another type than a parameter's, and for whole numbers: the
             parameters become views of the vector with a version counter of their own
    """
    several = list(parameters)
    plain = vec.is_contiguous() and not is_whole(vec)
    for parameter in several:
        if not (plain and parameter.dtype == vec.dtype and parameter.is_contiguous()):
            raise Refused("assignment", "data")
    nn.utils.vector_to_parameters(vec, several)


def as_array(tensor: Tensor, force: bool) -> Any:
    """tensor.numpy(), read-only: the array shows later changes of the tensor, but nothing can be
    written into the tensor through it."""
    array = tensor.numpy(force=force)
    array.flags.writeable = False
    return array


def without_arrays(values: Any) -> Any:
    """The same values with each NumPy array copied, also in lists: torch.as_tensor would share the
    memory of an array."""
    if isinstance(values, np.ndarray):
        return values.copy()
    if type(values) in (list, tuple):
        return type(values)(without_arrays(item) for item in values)
    return values


def same_type(view: Callable[..., Any]) -> Callable[..., Any]:
    """Tensor.view without view(dtype), which reads the same memory as another type. Whole numbers
    could be changed through such a floating-point view, and the rule for .data would not apply."""

    @functools.wraps(view)
    def call(tensor: Tensor, *args: Any, **kwargs: Any) -> Any:
        if any(isinstance(value, torch.dtype) for value in (*args, *kwargs.values())):
            raise Refused("call", "view(dtype)")
        return view(tensor, *args, **kwargs)

    return call


# Hooks


def _marks(value: Any) -> Any:
    """The shape, type, layout and strides of a tensor, or of several: kernels rely on them."""
    if isinstance(value, Tensor):
        strides = value.stride() if value.layout == torch.strided else None
        return (value.shape, value.dtype, value.layout, strides)
    if isinstance(value, (tuple, list)):
        return tuple(_marks(item) for item in value)
    return None


def guarded(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a hook on gradients, and refuse it if it changes the shape of a gradient in place.
    PyTorch checks what the hook returns, but not this."""

    def call(*args: Any) -> Any:
        before = _marks(args)
        made = hook(*args)
        if _marks(args) != before:
            raise Refused("hook", "register_hook")
        return made

    return call


class Packed:
    """The result of a pack hook, together with the shape and type of the saved tensor, and a copy
    of it if it has whole numbers. These are taken before the hook runs, because it may change the
    tensor."""

    __slots__ = ("marks", "own", "packed", "strides")

    def __init__(self, pack: Callable[..., Any], tensor: Tensor) -> None:
        self.marks = (tensor.shape, tensor.dtype, tensor.layout)
        self.strides = tensor.stride() if tensor.layout == torch.strided else None
        self.own = private(tensor) if is_whole(tensor) else None
        self.packed = pack(tensor)


def packing(pack: Callable[..., Any], unpack: Callable[..., Any]) -> tuple[Any, Any]:
    """Wrap the two functions of saved_tensors_hooks such that backward gets what forward saved.

    Floating-point numbers may differ, for example if they were packed in half precision. In place
    of whole numbers backward gets the saved ones, whatever unpack returns.
    """

    def packed(tensor: Tensor) -> Packed:
        return Packed(pack, tensor)

    def unpacked(kept: Packed) -> Any:
        value = unpack(kept.packed)
        if isinstance(value, Tensor):
            if (value.shape, value.dtype, value.layout) != kept.marks:
                raise Refused("unpacked", f"unpack_hook → {list(value.shape)}")
            if kept.own is not None:
                return private(kept.own)  # a program can read it from the node, and change it
            return value if kept.strides is None else laid_out(value, kept.strides)
        return value

    return packed, unpacked


# Modules and optimizers


def check_weights(module: nn.Module) -> None:
    """Compare the shapes of a recurrent layer's weights with its settings, before it runs. Its
    kernel takes sizes from the settings and reads the weights without checking their shapes.

    Raises:  Refused, where they do not fit
    """
    if not isinstance(module, (nn.RNNBase, nn.RNNCellBase)):
        return
    gates = {"LSTM": 4, "GRU": 3}.get(module.__dict__.get("mode", ""), 1)
    if isinstance(module, nn.RNNCellBase):
        gates = {nn.LSTMCell: 4, nn.GRUCell: 3}.get(_kind(module), 1)
        expected = _cell_shapes(module, gates)
    else:
        expected = _layer_shapes(module, gates)
    parameters, _, _ = stores_of(module)
    for name, shape in expected.items():
        weight = parameters.get(name)
        if not isinstance(weight, Tensor) or tuple(weight.shape) != shape:
            raise Refused("weights", name)
    flat = flat_weights(module)
    if flat is not None and [tuple(w.shape) for w in flat if w is not None] != list(
        expected.values()
    ):
        raise Refused("weights", "weight")


def _kind(module: nn.Module) -> Any:
    cells = (nn.LSTMCell, nn.GRUCell, nn.RNNCell)
    return next((cell for cell in cells if isinstance(module, cell)), None)


def _cell_shapes(module: Any, gates: int) -> Mapping[str, tuple[int, ...]]:
    rows, biased = gates * module.hidden_size, module.bias
    shapes: dict[str, tuple[int, ...]] = {
        "weight_ih": (rows, module.input_size),
        "weight_hh": (rows, module.hidden_size),
    }
    return {**shapes, "bias_ih": (rows,), "bias_hh": (rows,)} if biased else shapes


def _layer_shapes(module: Any, gates: int) -> Mapping[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    rows = gates * module.hidden_size
    carried = module.proj_size or module.hidden_size
    directions = 2 if module.bidirectional else 1
    for layer in range(module.num_layers):
        read = module.input_size if layer == 0 else carried * directions
        for end in ("", "_reverse")[:directions]:
            shapes[f"weight_ih_l{layer}{end}"] = (rows, read)
            shapes[f"weight_hh_l{layer}{end}"] = (rows, carried)
            if module.bias:
                shapes[f"bias_ih_l{layer}{end}"] = (rows,)
                shapes[f"bias_hh_l{layer}{end}"] = (rows,)
            if module.proj_size:
                shapes[f"weight_hr_l{layer}{end}"] = (module.proj_size, module.hidden_size)
    return shapes


def check_optimizer(optimizer: Any, budget: Budget) -> None:
    """Check the dictionaries of an optimizer before its step(), since a program can change them.

    Raises:  Refused, for a fused kernel, which writes into a state without checking its size, and
             for groups and states that PyTorch would not have made
    """
    for group in optimizer.param_groups:
        if not isinstance(group, dict) or not isinstance(group.get("params"), list):
            raise Refused("assignment", "param_groups")
        if group.get("fused") or group.get("differentiable"):
            raise Refused("keyword", "fused=True" if group.get("fused") else "differentiable=True")
        for name, value in group.items():
            if name != "params" and not _is_setting(value):
                raise Refused("assignment", f"param_groups[…][{str(name)[:20]!r}]")
        if not all(isinstance(value, Tensor) for value in group["params"]):
            raise Refused("assignment", "param_groups[…]['params']")
        for name in ("max_iter", "max_eval", "history_size"):
            if group.get(name, 0) and group[name] > _MOST_ITERATIONS:
                raise budget.stop("turns", f"{name}={group[name]:,}")
    lbfgs = isinstance(optimizer, torch.optim.LBFGS)
    for parameter, state in optimizer.state.items():
        if not isinstance(state, dict) or not isinstance(parameter, Tensor):
            raise Refused("assignment", "state")
        for value in state.values():
            if isinstance(value, Tensor) and not lbfgs:
                if value.ndim and value.shape != parameter.shape:
                    raise Refused("assignment", "state[…]")
            elif not lbfgs and not _is_setting(value):
                raise Refused("assignment", "state[…]")


def _is_setting(value: Any) -> bool:
    if isinstance(value, Tensor):
        return value.numel() == 1
    if isinstance(value, (tuple, list)):
        return len(value) <= 8 and all(_is_setting(item) for item in value)
    return isinstance(value, (bool, int, float, str, type(None)))


# Arithmetic


def attending(call: Callable[..., Any]) -> Callable[..., Any]:
    """F.scaled_dot_product_attention, with an error unless there are as many keys as values. Its
    kernel for CPUs takes the number of keys from the values, and would read past the last key."""

    @functools.wraps(call)
    def checked(query: Tensor, key: Tensor, value: Tensor, *args: Any, **kwargs: Any) -> Any:
        several = [t.shape[-2] for t in (key, value) if isinstance(t, Tensor) and t.ndim >= 2]
        if len(several) == 2 and several[0] != several[1]:
            raise RuntimeError(
                f"key and value must have the same length, got {several[0]} and {several[1]}"
            )
        return call(query, key, value, *args, **kwargs)

    return checked


def dividing(call: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function that divides, with `check_division` before each call."""

    @functools.wraps(call)
    def checked(*args: Any, **kwargs: Any) -> Any:
        check_division(*(*args, *kwargs.values())[:2])
        return call(*args, **kwargs)

    return checked


def check_division(left: Any = None, right: Any = None, *_: Any) -> None:
    """Refuse to divide the smallest whole number by -1: the result does not fit its type, and the
    processor would end the whole process.

    Raises:  OverflowError
    """
    kinds = [value for value in (left, right) if isinstance(value, Tensor)]
    if not kinds or any(value.is_floating_point() or value.is_complex() for value in kinds):
        return
    if any(isinstance(value, float) for value in (left, right)):
        return
    dtype = torch.result_type(left, right)
    if dtype == torch.bool or not dtype.is_signed:
        return
    least = torch.iinfo(dtype).min
    if _holds(right, -1) and _holds(left, least):
        raise OverflowError(f"{least} divided by -1 is out of the range of {dtype}")


def _holds(value: Any, number: int) -> bool:
    if isinstance(value, Tensor):
        return bool(value.numel()) and bool((value == number).any())
    return isinstance(value, int) and value == number
