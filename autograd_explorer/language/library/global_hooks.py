"""Hooks on every module: PyTorch keeps them for the whole process, and here they are of one run.

They are told of no module that another thread calls, and of none that is only tried out for its
size. With one of the backward pass PyTorch adds a node to the graphs of all threads: so a run that
sets one has the process for itself.
"""

from collections.abc import Callable
from contextlib import ExitStack
from threading import get_ident
from typing import Any

from torch import nn
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
    register_module_full_backward_hook,
    register_module_full_backward_pre_hook,
)
from torch.utils.hooks import RemovableHandle

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.module_functions import judged
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone


def _of_this_run(runtime: Runtime, hook: Callable[..., Any]) -> Callable[..., Any]:
    thread = get_ident()

    def call(module: nn.Module, *given: Any) -> Any:
        ours = get_ident() == thread and not runtime.state.over and not runtime.foresight.trying
        return hook(module, *given) if ours else None

    return call


def _removed_at_the_end(runtime: Runtime, handle: RemovableHandle) -> RemovableHandle:
    stack = ExitStack()
    stack.callback(handle.remove)
    runtime.belongings.stacks.append(stack)
    runtime.budget.count_bytes(1000)
    return handle


def forward_hook(
    runtime: Runtime, hook: Any, *, with_kwargs: Any = False, always_call: Any = False
) -> Any:
    own = _of_this_run(runtime, runtime.calls.callback(hook))
    handle = register_module_forward_hook(
        own, with_kwargs=bool(with_kwargs), always_call=bool(always_call)
    )
    return _removed_at_the_end(runtime, handle)


def forward_pre_hook(runtime: Runtime, hook: Any) -> Any:
    own = _of_this_run(runtime, judged(runtime, runtime.calls.callback(hook)))
    return _removed_at_the_end(runtime, register_module_forward_pre_hook(own))


def _of_backward(register: Callable[..., RemovableHandle]) -> Callable[..., RemovableHandle]:
    def call(runtime: Runtime, hook: Any) -> RemovableHandle:
        if not be_alone(runtime):
            raise Refused("call", f"{register.__name__}(…)")
        runtime.observer.hook_set()
        return _removed_at_the_end(runtime, register(runtime.calls.callback(hook)))

    return call


FUNCTIONS = {
    "register_module_full_backward_hook": _of_backward(register_module_full_backward_hook),
    "register_module_full_backward_pre_hook": _of_backward(register_module_full_backward_pre_hook),
    "register_module_forward_hook": forward_hook,
    "register_module_forward_pre_hook": forward_pre_hook,
}
