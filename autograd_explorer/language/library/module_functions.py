"""Methods of nn.Module that need the running interpreter: parts, states, hooks, calls.

Each takes the Runtime as its first argument.
"""

from collections import OrderedDict
from typing import Any

import torch
from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.influences import uses_gradient_of_input
from autograd_explorer.language.modules import Sequential
from autograd_explorer.language.runtime import Runtime


def module_eval(runtime: Runtime, module: nn.Module) -> Any:
    runtime.observer.notice("eval", runtime.state.line, module)
    return module.eval()


def module_to(runtime: Runtime, module: nn.Module, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        runtime.calls.check_device(value)
    runtime.budget.check_paths(module)
    return module.to(*[runtime.calls.native(v) for v in args], **options)


def module_to_empty(
    runtime: Runtime, module: nn.Module, *, device: Any, recurse: Any = True
) -> Any:
    """module.to_empty(device=…): zeros, where PyTorch leaves what was in memory before."""
    runtime.calls.check_device(device)
    runtime.budget.check_paths(module)
    made = module.to_empty(device=device, recurse=bool(recurse))
    with torch.no_grad():
        for tensor in (*made.parameters(recurse), *made.buffers(recurse)):
            tensor.zero_()
    return runtime.calls.made_module(made)


def module_forward_hook(
    runtime: Runtime,
    module: nn.Module,
    hook: Any,
    *,
    prepend: Any = False,
    with_kwargs: Any = False,
    always_call: Any = False,
) -> Any:
    return module.register_forward_hook(
        runtime.calls.callback(hook),
        prepend=bool(prepend),
        with_kwargs=bool(with_kwargs),
        always_call=bool(always_call),
    )


def module_forward_pre_hook(
    runtime: Runtime,
    module: nn.Module,
    hook: Any,
    *,
    prepend: Any = False,
    with_kwargs: Any = False,
) -> Any:
    return module.register_forward_pre_hook(
        judged(runtime, runtime.calls.callback(hook)),
        prepend=bool(prepend),
        with_kwargs=bool(with_kwargs),
    )


def judged(runtime: Runtime, call: Any) -> Any:
    """A forward pre-hook that is called, and then the arguments are checked again: it may have
    replaced them, and may have changed the module."""

    def hook(owner: nn.Module, args: Any, *named: Any) -> Any:
        made = call(owner, args, *named)
        if isinstance(owner, Sequential) or runtime.classes.defines(type(owner), "forward"):
            return made
        if named:
            given, by_name = (args, *named) if made is None else made
            ready = runtime.calls.ready_for(owner, given, by_name)
            return None if made is None else ready
        given = args if made is None else made if isinstance(made, tuple) else (made,)
        ready, _ = runtime.calls.ready_for(owner, given, {})
        return None if made is None else ready

    return hook


def module_backward_hook(
    runtime: Runtime, module: nn.Module, hook: Any, prepend: Any = False
) -> Any:
    runtime.observer.hook_set()
    runtime.observer.influence.hooked(module, uses_gradient_of_input(hook))
    return module.register_full_backward_hook(runtime.calls.callback(hook), prepend=bool(prepend))


def module_old_backward_hook(runtime: Runtime, module: nn.Module, hook: Any) -> Any:
    runtime.observer.hook_set()
    return module.register_backward_hook(runtime.calls.callback(hook))


def module_backward_pre_hook(
    runtime: Runtime, module: nn.Module, hook: Any, prepend: Any = False
) -> Any:
    runtime.observer.hook_set()
    return module.register_full_backward_pre_hook(
        runtime.calls.callback(hook), prepend=bool(prepend)
    )


def module_reset(runtime: Runtime, module: nn.Module) -> None:
    """reset_parameters of PyTorch's own class, which draws new random numbers."""
    method = getattr(runtime.classes.native_base(type(module)), "reset_parameters", None)
    if method is None:
        raise AttributeError(
            f"{type(module).__name__!r} object has no attribute 'reset_parameters'"
        )
    with runtime.randomness.lent():
        method(module)


def from_pretrained(runtime: Runtime, embeddings: Any, freeze: Any = True, **options: Any) -> Any:
    given = runtime.calls.native(embeddings, "bounded")
    if not isinstance(given, Tensor):
        raise TypeError("embeddings has to be a tensor")
    return runtime.calls.made_module(nn.Embedding.from_pretrained(given, bool(freeze), **options))


def module_register_buffer(
    runtime: Runtime, module: nn.Module, name: Any, tensor: Any, persistent: Any = True
) -> None:
    runtime.attributes.on_modules.check(module, name, tensor)
    module.register_buffer(name, runtime.calls.native(tensor), persistent=bool(persistent))


def module_register_parameter(runtime: Runtime, module: nn.Module, name: Any, param: Any) -> None:
    runtime.attributes.on_modules.check(module, name, param)
    module.register_parameter(name, runtime.calls.native(param))


def module_add_module(runtime: Runtime, owner: nn.Module, name: Any, module: Any) -> None:
    runtime.attributes.on_modules.check(owner, name, module)
    owner.add_module(name, runtime.calls.native(module, "module"))
    runtime.budget.check_paths(owner)


def module_apply(runtime: Runtime, module: nn.Module, fn: Any) -> nn.Module:
    runtime.budget.check_paths(module)
    return module.apply(runtime.calls.callback(fn))


def module_get_submodule(runtime: Runtime, module: nn.Module, target: Any) -> Any:
    found: Any = module
    for name in str(target).split(".") if target else ():
        found = runtime.attributes.find(found, name)
        if not isinstance(found, nn.Module):
            raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
    return found


def module_get_parameter(runtime: Runtime, module: nn.Module, target: Any) -> Any:
    path, _, name = str(target).rpartition(".")
    found = runtime.attributes.find(module_get_submodule(runtime, module, path), name)
    if not isinstance(found, nn.Parameter):
        raise AttributeError(f"`{name}` is not an nn.Parameter")
    return found


def module_state_dict(
    runtime: Runtime,
    module: nn.Module,
    *,
    destination: Any = None,
    prefix: str = "",
    keep_vars: Any = False,
) -> Any:
    """destination  which PyTorch hands from a module to its parts, one of which the program made"""
    runtime.budget.check_paths(module)
    if destination is not None and type(destination) is not OrderedDict:
        raise Refused("keyword", "state_dict(destination=…)")
    given: Any = destination
    return module.state_dict(destination=given, prefix=str(prefix), keep_vars=bool(keep_vars))


def module_load_state_dict(
    runtime: Runtime,
    module: nn.Module,
    state_dict: Any,
    strict: Any = True,
    assign: Any = False,
) -> Any:
    runtime.budget.check_paths(module)
    given = runtime.calls.native(state_dict)
    if assign:  # puts in the tensors themselves: kernels rely on their shapes and types
        kept = {**dict(module.named_parameters()), **dict(module.named_buffers())}
        for name, old in kept.items():
            new = given.get(name, old)
            same = isinstance(new, Tensor) and (new.shape, new.dtype) == (old.shape, old.dtype)
            if not same or new.layout != torch.strided:
                raise Refused("keyword", "load_state_dict(assign=True)")
    return module.load_state_dict(given, strict=bool(strict), assign=bool(assign))


def module_forward(runtime: Runtime, module: nn.Module, *args: Any, **options: Any) -> Any:
    """module.forward(…), around its hooks."""
    return runtime.calls.call_native_module(module, type(module).forward, args, options)
