"""Estimates how large a result will be, and how much work it takes, before it is computed.

Most operations make no more elements, and multiply no more often, than the product of their
arguments' sizes: where that product is small, the operation is allowed at once. Otherwise it is
first carried out on the meta device, where tensors have shapes but no memory, and the size of
every tensor that PyTorch makes on the way is checked.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.errors import LimitReached, Refused
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.budget.layer_sizes import (
    judge_attention,
    judge_ctc,
    judge_recurrence,
)
from autograd_explorer.language.budget.limits import Limits
from autograd_explorer.language.budget.reach import has_tensor, reach, without_zeros
from autograd_explorer.language.budget.signatures import NUMBERS, signature
from autograd_explorer.language.budget.twins import (
    native_class,
    settings_of,
    twin_of,
    twin_of_module,
)
from autograd_explorer.language.heard_warnings import unheard
from autograd_explorer.language.library.entry import Function
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import (
    ADAPTIVE_POOLS,
    CONVOLUTIONS,
    POOLS,
    TorchDispatchMode,
    flop_registry,
    has_parts,
    is_lazy,
    makes_new,
    parameters_of,
    stores_of,
)

# A matrix product of types for which there is no BLAS takes this many times as long.
_SLOW_TYPES = 20
_FAST = (torch.float32, torch.float64)
_HEAVY_STEPS = 40
_PAIR_STEPS = 500
_MOST_POWER = 10_000  # of a matrix
_EXPONENTIALS = frozenset({"matrix_exp", "linalg_matrix_exp"})
_EXPONENTIAL_STEPS = 8
_CHAIN_STEPS = 8
_BY_DIMENSION = frozenset({"roll", "repeat", "tile"})
_MOST_DIMENSIONS = 100  # PyTorch's own functions take 64 at most
_QUADRATIC = frozenset({"cumprod", "prod"})
_JUDGED_BY_NAME = _BY_DIMENSION | _QUADRATIC
_TENSORS = frozenset({Tensor, nn.Parameter})
_MOST_LAYERS = 32
# Modules whose result may be larger than the product of their inputs' sizes: padding, stride or
# output_size determine it.
_SIZED_BY_ATTRIBUTES = (
    *POOLS, CONVOLUTIONS, ADAPTIVE_POOLS, nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d,
    nn.AdaptiveMaxPool3d, nn.CircularPad1d, nn.CircularPad2d, nn.ConstantPad1d, nn.ConstantPad2d,
    nn.ConstantPad3d, nn.ReflectionPad1d, nn.ReflectionPad2d, nn.ReplicationPad1d,
    nn.ReplicationPad2d, nn.ZeroPad1d, nn.ZeroPad2d, nn.ZeroPad3d, nn.Upsample, nn.Fold, nn.Unfold,
    nn.MaxUnpool1d, nn.MaxUnpool2d, nn.LPPool1d, nn.LPPool2d,
)  # fmt: skip


_ATTENDING = (
    nn.Transformer, nn.TransformerDecoder, nn.TransformerDecoderLayer, nn.TransformerEncoder,
    nn.TransformerEncoderLayer,
)  # fmt: skip
# Modules that copy another one several times, and the parameter with which it is given.
_STACKED = (nn.TransformerEncoder, nn.TransformerDecoder)
_LAYER: Mapping[Any, str] = {
    nn.TransformerEncoder: "encoder_layer", nn.TransformerDecoder: "decoder_layer",
}  # fmt: skip


_HOLDERS = (nn.Sequential, nn.ModuleList, nn.ModuleDict)
_MOST_TRIED = 1000
# The modules of PyTorch's own that some run has tried under these limits, with numbers alone and
# without a warning, and whether they have parameters: that depends on nothing else.
_MODULES: dict[tuple[Any, ...], bool] = {}
_LIMITS: dict[Limits, int] = {}  # numbers, which cost less to compare


class Foresight:
    """Checks calls before they happen. Remembers the calls it has tried, to try each only once."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._limits = _LIMITS.setdefault(budget.limits, len(_LIMITS))
        self._tried: set[Any] = set()
        self._sized_by_attributes: dict[type, bool] = {}
        self.trying = False

    def is_surely_small(self, function: Function, args: tuple[Any, ...]) -> bool:
        """Whether a "bounded" function is called with tensors and numbers alone, and judge() has
        nothing against it: so it is with most calls."""
        if function.kind != "bounded" or function.name in _JUDGED_BY_NAME:
            return False
        product = 1
        for value in args:
            if value.__class__ in _TENSORS:
                product *= value.numel() or without_zeros(value.shape)
            elif value.__class__ not in NUMBERS:
                return False
        return product <= self.budget.limits.elements

    def judge(self, function: Function, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Raise LimitReached if the call would make too much, or work too long."""
        values = (*args, *kwargs.values()) if kwargs else args
        if function.name in _BY_DIMENSION:
            self._judge_dimensions(values)
        match function.kind:
            case "bounded" | "drawing":
                for value in values:
                    if isinstance(value, str) and value == "nuc":
                        self._judge_heavy(values)  # a norm that takes all singular values
                if reach(values) > self.budget.limits.elements:
                    self.try_out(function.call, args, kwargs)
                if function.name in _QUADRATIC:
                    self._judge_quadratic(values)
            case "pieces":
                for value in values:
                    if isinstance(value, Tensor) and value.ndim:
                        self.budget.check_length([], max(value.shape))
                    elif isinstance(value, int):
                        self.budget.check_length([], abs(value))
            case "swept":
                self.budget.check_work(reach(values, whole_numbers=True))
                if any(isinstance(value, int) and value > _MOST_POWER for value in values):
                    raise self.budget.stop("work")
            case "sized" | "random":
                if reach(values, whole_numbers=True) > self.budget.limits.elements:
                    device = {} if has_tensor(values) else {"device": "meta"}
                    self.try_out(function.call, args, {**kwargs, **device})
            case "measured":
                device = {} if has_tensor(values) else {"device": "meta"}
                self.try_out(function.call, args, {**kwargs, **device})
            case "heavy":
                self._judge_heavy(values)
                if function.name in _EXPONENTIALS:
                    self._judge_exponential(values)
                if function.name == "linalg_multi_dot":
                    self._judge_chain(values)
                if reach(values) > self.budget.limits.elements:
                    self.try_out(function.call, args, kwargs)

    def _judge_heavy(self, values: Iterable[Any]) -> None:
        for value in values:
            if isinstance(value, Tensor) and value.ndim:
                longest = max(value.shape[-2:])
                self.budget.check_work(value.numel() * longest * _HEAVY_STEPS)
            elif isinstance(value, (list, tuple)):
                self._judge_heavy(value)
            elif isinstance(value, int) and abs(value) > _MOST_POWER:
                raise self.budget.stop("work", f"{value:,}")

    def _judge_dimensions(self, values: tuple[Any, ...]) -> None:
        """Limit the number of dimensions. torch.roll calls itself once for each of them, and repeat
        takes time that grows with the square of their number."""
        several = [value for value in values if isinstance(value, (list, tuple))]
        most = max(len(value) for value in (values, *several))
        if most > _MOST_DIMENSIONS:
            raise self.budget.stop("work", f"{most:,}")

    def _judge_exponential(self, values: Iterable[Any]) -> None:
        """The exponential of a matrix takes one squaring for each power of two in its norm. Its
        backward is the exponential of a matrix that is twice as wide, so eight times the work."""
        for value in values:
            if isinstance(value, Tensor) and value.ndim >= 2 and value.numel():
                norm = float(value.detach().abs().sum(-2).max())
                squarings = math.log2(norm) if 1 < norm < math.inf else 0
                products = value.numel() * value.shape[-1] * (_EXPONENTIAL_STEPS + squarings)
                self.budget.check_work(int(products) * (8 if value.requires_grad else 1))

    def _judge_chain(self, values: Iterable[Any]) -> None:
        """Finding the best order for a chain of n products takes about n**3 steps."""
        for value in values:
            if isinstance(value, (list, tuple)):
                self.budget.check_work(_CHAIN_STEPS * len(value) ** 3)

    def _judge_quadratic(self, values: Iterable[Any]) -> None:
        """Functions whose second derivative takes a step for every pair of elements in a
        dimension."""
        for value in values:
            if isinstance(value, Tensor) and value.ndim and value.requires_grad:
                self.budget.check_work(value.numel() * max(value.shape) * _PAIR_STEPS)

    def is_selection(self, index: Any) -> bool:
        """Whether an index takes every element at most once, so that the result is no larger than
        the tensor. Needed for masks, which cannot be tried on the meta device."""
        parts = index if isinstance(index, tuple) else (index,)
        masks = [part for part in parts if isinstance(part, Tensor) and part.dtype == torch.bool]
        return len(masks) <= 1 and all(
            part is None or part is Ellipsis or isinstance(part, (int, slice))
            for part in parts
            if not any(part is mask for mask in masks)
        )

    def judge_module(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """The same check for making a module: its parameters are made on the meta device first.
        Returns whether it may draw random numbers: one without parameters does not."""
        if isinstance(function, type) and issubclass(function, _HOLDERS):
            return False  # it makes nothing, and what it holds was judged when it was made
        key = (self._limits, function, signature(args), signature(kwargs))
        known = _MODULES.get(key)
        if known is not None:
            return known
        if key in self._tried:
            return True
        self.budget.excuse(load_deferred_imports())
        kwargs = {name: value for name, value in kwargs.items() if name != "device"}
        values = (*args, *kwargs.values())
        for value in values:
            if isinstance(value, int):
                self.budget.check_elements(abs(value))
        third = args[2] if len(args) > 2 and _is_recurrent(function) else 1
        layers = kwargs.get("num_layers", third)
        if isinstance(function, type) and issubclass(function, _STACKED):
            layers = kwargs.get("num_layers", args[1] if len(args) > 1 else 1)
            inner = kwargs.get(_LAYER[function], args[0] if args else None)
            if isinstance(layers, int) and isinstance(inner, nn.Module):
                weights = sum(parameter.numel() for _, parameter in parameters_of(inner))
                self.budget.check_elements(weights * layers)
        if isinstance(layers, int) and layers > _MOST_LAYERS:
            raise self.budget.stop("items", f"{layers:,}")
        try:
            with torch.device("meta"), torch.no_grad(), _Watch(self.budget), unheard() as warned:
                twin = function(*args, **kwargs)
        except LimitReached:
            raise
        except Exception:
            # The real call should fail in the same way, and show PyTorch's message. In case it does
            # not, the sizes of the arguments are checked, as the result is not known.
            self.budget.check_elements(reach((*args, *kwargs.values()), whole_numbers=True))
            return True
        parameters = list(twin.parameters())
        sized = [parameter for parameter in parameters if not is_lazy(parameter)]
        self.budget.check_elements(max([parameter.numel() for parameter in sized], default=0))
        self.budget.check_bytes(sum([parameter.nbytes for parameter in sized]))
        of_numbers = NUMBERS.issuperset(map(type, values))
        if len(_MODULES) < _MOST_TRIED and of_numbers and not warned:
            _MODULES[key] = bool(parameters)
        self._remember(key)
        return bool(parameters)

    def judge_forward(
        self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """The same check for calling one of PyTorch's own modules."""
        values = (*args, *kwargs.values()) if kwargs else args
        parameters = module.parameters() if has_parts(module) else stores_of(module)[0].values()
        weights = sum([p.numel() for p in parameters if p is not None and not is_lazy(p)]) or 1
        sized = self._sized_by_attributes.get(type(module))
        if sized is None:  # asked once of each class: the list is long
            sized = isinstance(module, _SIZED_BY_ATTRIBUTES)
            self._sized_by_attributes[type(module)] = sized
        if not sized and reach(values) * weights <= self.budget.limits.elements:
            return
        if isinstance(module, nn.RNNBase):
            judge_recurrence(self.budget, module, values, weights)
            return
        if isinstance(module, nn.CTCLoss):
            judge_ctc(self.budget, values)
            return
        if isinstance(module, _ATTENDING):
            judge_attention(self.budget, module, values, weights)
            return
        if isinstance(module, POOLS):
            self.budget.check_work(reach((*values, module.kernel_size), whole_numbers=True))
        key = (*settings_of(module), signature(args), signature(kwargs))
        if key not in self._tried:
            twin = twin_of_module(module, native_class(module))
            self._try(key, type(twin).forward, (twin, *args), kwargs)

    def try_out(
        self, call: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        """Carry out a call on the meta device, and check every tensor that it makes."""
        key = (call, signature(args), signature(kwargs))
        if key not in self._tried:
            self._try(key, call, args, kwargs)

    def _try(
        self, key: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        self.budget.excuse(load_deferred_imports())
        try:
            twins, named = twin_of(tuple(args)), twin_of(dict(kwargs))
            self.trying = True
            with torch.no_grad(), _Watch(self.budget), unheard():
                call(*twins, **named)
        except NotImplementedError as error:
            raise Refused("call", getattr(call, "__name__", "?")) from error
        except LimitReached:
            raise
        except Exception as error:
            only_there = any(words in str(error) for words in _ONLY_ON_META)
            if (
                only_there
                and _broadcast_size((*args, *kwargs.values())) > self.budget.limits.elements
            ):
                # The size of the result is not known, and the arguments are so large that the
                # result may exceed the limit.
                raise Refused("call", getattr(call, "__name__", "?")) from error
            # The real call fails in the same way, in PyTorch's own words.
        finally:
            self.trying = False
        self._remember(key)

    def _remember(self, key: Any) -> None:
        if len(self._tried) < _MOST_TRIED:
            self._tried.add(key)


# Parts of the messages of errors that happen on the meta device only: an operation wants to read
# numbers, which tensors do not have there.
_ONLY_ON_META = ("meta tensor", "Meta tensor", "data-dependent", "_local_scalar_dense", "on meta")


def _broadcast_size(values: Iterable[Any]) -> float:
    """The size of the shape to which the tensors broadcast; infinite if they do not."""
    shapes = [value.shape for value in values if isinstance(value, Tensor)]
    try:
        return float(math.prod(torch.broadcast_shapes(*shapes)))
    except RuntimeError:
        return math.inf


class _Watch(TorchDispatchMode):
    """Checks the size of every tensor that an operation makes while this mode is active."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        self.budget.check_time()
        made = func(*args, **(kwargs or {}))
        for new, value in zip(makes_new(func), _listed(made), strict=False):
            if new and isinstance(value, Tensor):
                self.budget.check_elements(value.numel())
                self.budget.check_bytes(value.nbytes)
        count = flop_registry.get(func.overloadpacket)
        if count is not None:
            work = count(*args, **(kwargs or {}), out_val=made)
            first = next((value for value in args if isinstance(value, Tensor)), None)
            slow = first is not None and first.dtype not in _FAST
            self.budget.check_work(work * (_SLOW_TYPES if slow else 1))
        return made


def _is_recurrent(function: Any) -> bool:
    return isinstance(function, type) and issubclass(function, nn.RNNBase)


def _listed(made: Any) -> Any:
    return made if isinstance(made, (list, tuple)) else (made,)
