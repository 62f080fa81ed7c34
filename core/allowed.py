"""What a program may use, as data. What is not listed here does not exist for a program.

Nothing is ever looked up on a live object by a name that the reader spelled: every name leads
to an entry of these tables, and the entry was written by us.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from core.views import name_of

Kind = Literal["create", "random", "compute", "inspect", "context", "seed", "backward"]


@dataclass(frozen=True, slots=True)
class Function:
    """Something a program may call.

    .kind      "create"   makes a tensor from numbers; tried on the meta device first
               "random"   likewise, drawing from the run's own generator
               "compute"  makes a tensor from tensors; tried on their meta twins first
               "inspect"  makes no tensor
               "context", "seed", "backward"  what the interpreter does itself
    .keywords  the keyword arguments it takes here
    """

    call: Callable[..., Any]
    kind: Kind
    keywords: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Namespace:
    """A module, as far as a program can see it: its dotted name."""

    path: str


def _functions(kind: Kind, keywords: str, **calls: Callable[..., Any]) -> dict[str, Function]:
    return {name: Function(call, kind, frozenset(keywords.split())) for name, call in calls.items()}


def _under(path: str, functions: Mapping[str, Function]) -> dict[str, Function]:
    return {f"{path}.{name}": function for name, function in functions.items()}


_ELEMENTWISE = _functions(
    "compute",
    "",
    abs=torch.abs,
    exp=torch.exp,
    log=torch.log,
    neg=torch.neg,
    relu=torch.relu,
    sigmoid=torch.sigmoid,
    sqrt=torch.sqrt,
    square=torch.square,
    tanh=torch.tanh,
)
_PAIRWISE = _functions(
    "compute",
    "",
    matmul=torch.matmul,
    mm=torch.mm,
    outer=torch.outer,
)
_REDUCTIONS = _functions(
    "compute",
    "dim keepdim",
    mean=torch.mean,
    sum=torch.sum,
)
_LOSSES = _functions(
    "compute",
    "weight reduction pos_weight",
    binary_cross_entropy_with_logits=F.binary_cross_entropy_with_logits,
    mse_loss=F.mse_loss,
)
_CREATION = _functions(
    "create",
    "requires_grad dtype",
    arange=torch.arange,
    full=torch.full,
    linspace=torch.linspace,
    ones=torch.ones,
    tensor=torch.tensor,
    zeros=torch.zeros,
) | _functions("random", "requires_grad dtype", rand=torch.rand, randn=torch.randn)
_CONTEXTS = _functions(
    "context",
    "",
    enable_grad=torch.enable_grad,
    inference_mode=torch.inference_mode,
    no_grad=torch.no_grad,
)

MODULES = {"torch", "torch.nn", "torch.nn.functional"}

FUNCTIONS: dict[str, Function] = (
    _under("torch", _CREATION | _ELEMENTWISE | _PAIRWISE | _REDUCTIONS | _CONTEXTS)
    | _under(
        "torch.nn.functional",
        {name: _ELEMENTWISE[name] for name in ("relu", "sigmoid", "tanh")} | _LOSSES,
    )
    | {"torch.manual_seed": Function(torch.manual_seed, "seed")}
)

CONSTANTS: dict[str, object] = {
    "torch.float32": torch.float32,
    "torch.float64": torch.float64,
    "torch.int64": torch.int64,
    "torch.bool": torch.bool,
}

TENSOR_METHODS: dict[str, Function] = (
    _ELEMENTWISE
    | _PAIRWISE
    | _REDUCTIONS
    | _functions(
        "compute",
        "",
        clone=torch.clone,
        detach=torch.detach,
        double=Tensor.double,
        float=Tensor.float,
        t=torch.t,
    )
    | _functions(
        "inspect", "", dim=Tensor.dim, item=Tensor.item, numel=Tensor.numel, size=Tensor.size
    )
    | {"backward": Function(Tensor.backward, "backward", frozenset({"gradient", "retain_graph"}))}
)


def _grad(tensor: Tensor) -> Tensor | None:
    # PyTorch would answer None as well, with a warning on the server's stderr.
    return tensor.grad if tensor.is_leaf or tensor.retains_grad else None


Getter = Callable[[Any], object]

TENSOR_ATTRIBUTES: dict[str, Getter] = {"grad": _grad} | {
    name: operator.attrgetter(name)
    for name in ("dtype", "grad_fn", "is_leaf", "ndim", "requires_grad", "shape", "T", "_version")
}
NODE_ATTRIBUTES: dict[str, Getter] = {"next_functions": operator.attrgetter("next_functions")}
NODE_METHODS: dict[str, Function] = _functions("inspect", "", name=name_of)
