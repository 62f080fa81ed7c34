"""Values on the meta device, on which a call is tried before it is made: tensors there have shapes
and no memory."""

from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.language.budget.signatures import signature
from autograd_explorer.torch_internals import module_like, stores_of

_BARE = frozenset(nn.Module().__dict__)  # the names that every module has


def native_class(module: nn.Module) -> Any:
    """PyTorch's own class of a module, whatever the program has made from it."""
    return next(cls for cls in type(module).__mro__ if cls.__module__.startswith("torch."))


def twin_of_module(module: nn.Module, cls: Any) -> Any:
    """A copy of a module on the meta device: without memory and hooks, with the same settings, and
    of PyTorch's own class even if the program has derived one from it."""
    return module_like(
        module, cls, twin_of, lambda child: twin_of_module(child, native_class(child))
    )


def settings_of(module: nn.Module) -> tuple[Any, ...]:
    """A key for a module: two modules with equal keys make results of equal shapes of the same
    arguments. It is asked for at each call, as a program may change a module between two."""
    parameters, buffers, parts = stores_of(module)
    return (
        native_class(module),
        tuple([(k, signature(value)) for k, value in module.__dict__.items() if k not in _BARE]),
        module.training,
        signature(parameters),
        signature(buffers),
        tuple([(name, settings_of(part)) for name, part in parts.items() if part is not None]),
    )


def twin_of(value: Any) -> Any:
    """A tensor on the meta device with the same shape and type; any other value as it is."""
    if isinstance(value, Tensor):
        return value.detach().to("meta")
    if type(value) in (list, tuple):
        return type(value)(twin_of(item) for item in value)
    if type(value) is dict:
        return {name: twin_of(item) for name, item in value.items()}
    return None if isinstance(value, torch.Generator) else value
