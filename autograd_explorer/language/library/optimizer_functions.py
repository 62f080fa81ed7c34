"""Optimizers and schedulers, whose groups and states are checked before they are used.

Each takes the Runtime as its first argument.
"""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import bytes_of, note_as_called


def optimizer(cls: type) -> Callable[..., Any]:
    def call(runtime: Runtime, params: Any, *args: Any, **options: Any) -> Any:
        if not isinstance(params, Tensor):
            params = [_group(runtime, item) for item in runtime.walking.items(params)]
        runtime.budget.excuse(load_deferred_imports())
        given = [runtime.calls.native(value) for value in args]
        made = cls(params, *given, **{k: runtime.calls.native(v) for k, v in options.items()})
        _check_states(runtime, made)
        return made

    return call


def initialise_optimizer(
    runtime: Runtime, base: Any, instance: Any, *args: Any, **options: Any
) -> None:
    """super().__init__(params, …) in an optimizer of the program's, made from `base`."""
    params = args[0] if args else options.pop("params", None)
    if params is None:
        base.__init__(instance, *args, **options)  # raises, in PyTorch's words
    if not isinstance(params, Tensor):
        params = [_group(runtime, item) for item in runtime.walking.items(params)]
    runtime.budget.excuse(load_deferred_imports())
    base.__init__(instance, params, *args[1:], **options)
    # Its step is called past PyTorch's wrapper, which would note here that it was called.
    note_as_called(instance)
    _check_states(runtime, instance)


def _group(runtime: Runtime, item: Any) -> Any:
    """A parameter as it is; of a group, a copy whose parameters are a list that the interpreter
    made."""
    if not isinstance(item, dict):
        return item
    parameters = item.get("params")
    if parameters is not None and not isinstance(parameters, Tensor):
        item = {**item, "params": runtime.walking.items(parameters)}
    return item


def put_groups(owner: Any, new: Any) -> None:
    """optimizer.param_groups = those of another one. What they hold is checked at the step."""
    if not isinstance(new, list) or not all(type(group) is dict for group in new):
        raise Refused("assignment", f"{type(owner).__name__}.param_groups")
    owner.param_groups = new


def put_state(owner: Any, new: Any) -> None:
    if not isinstance(new, dict) or not all(isinstance(held, dict) for held in new.values()):
        raise Refused("assignment", f"{type(owner).__name__}.state")
    owner.state = new


SETTERS = {"param_groups": put_groups, "state": put_state}


def _check_contents(runtime: Runtime, owner: Any) -> None:
    """Check what an optimizer holds before native code works with it: a program can put anything
    into its groups and its state, past the check on arguments."""
    groups = owner.param_groups if type(owner.param_groups) is list else (owner.param_groups,)
    for held in (*groups, *owner.state.values()):
        if not _is_light(held):
            runtime.calls.native(held, "bounded")


def _is_light(held: Any) -> bool:
    """Whether a group or a state holds nothing but what optimizers put into it: tensors, numbers
    and short lists of them. That is sooner asked than what else there might be."""
    if type(held) is not dict or len(held) > _MOST_ENTRIES:
        return False
    if not _NAMES.issuperset(map(type, held)):
        return False
    for value in held.values():
        cls = type(value)
        if cls in _LIGHT:
            continue
        if cls not in _LISTS or len(value) > _LONGEST or not _LIGHT.issuperset(map(type, value)):
            return False
    return True


# What optimizers put into their groups and states.
_LIGHT = frozenset({Tensor, nn.Parameter, int, float, bool, type(None)})
_LISTS, _NAMES = (list, tuple), frozenset({str})
_MOST_ENTRIES, _LONGEST = 50, 1000


def _check_states(runtime: Runtime, owner: Any) -> None:
    """Check the memory that an optimizer's state will take: at most three tensors of the size of
    each parameter, and with LBFGS two more for each step of its history."""
    _check_contents(runtime, owner)
    count = 0
    for group in owner.param_groups:
        more = 3 + 2 * group.get("history_size", 0)
        count += more * sum(bytes_of(tensor) for tensor in group["params"])
    runtime.budget.check_bytes(count)


def optimizer_add_param_group(runtime: Runtime, owner: Any, param_group: Any) -> None:
    owner.add_param_group(_group(runtime, param_group))
    _check_states(runtime, owner)


_STEPS_A_PARAMETER = 200_000  # a dozen small operations without a check of the time limit


def optimizer_step(runtime: Runtime, owner: Any, closure: Any = None) -> Any:
    _check_contents(runtime, owner)
    count = sum(len(group["params"]) for group in owner.param_groups)
    runtime.budget.check_work(count * _STEPS_A_PARAMETER)
    notice, line = runtime.observer.notice, runtime.state.line
    if closure is None:
        try:
            made = owner.step()
        except RuntimeError:
            notice("step_failed", line, owner)
            raise
        notice("stepped", line, owner)
        return made

    def watched() -> Any:
        runtime.budget.check_time()
        made = runtime.calls.native(runtime.calls.call_value(closure, (), {}))
        _check_contents(runtime, owner)  # the closure may have changed it
        return made

    made = owner.step(watched)
    notice("stepped", line, owner)
    return made


def step_hook(name: str) -> Callable[..., Any]:
    """register_step_pre_hook or register_step_post_hook. The hook is given no closure, and what it
    puts into the optimizer is checked before PyTorch goes on with it."""

    def call(runtime: Runtime, owner: Any, hook: Any) -> Any:
        if type(owner) in runtime.classes:  # its step is called past those who look for hooks
            raise Refused("call", f"{type(owner).__name__}.{name}")
        function = runtime.calls.callback(hook)

        def hooked(optimizer: Any, args: Any, options: Any) -> None:
            if function(optimizer, args[:1], {}) is not None:
                raise Refused("call", f"{name}(…)")
            _check_contents(runtime, optimizer)

        return getattr(owner, name)(hooked)

    return call


_WIDEST = 8  # bytes of a number


def optimizer_load_state_dict(runtime: Runtime, owner: Any, state_dict: Any) -> Any:
    """optimizer.load_state_dict, which copies each tensor and converts it to the parameter's
    type."""
    state_dict = runtime.calls.native(state_dict)
    taken = sum(max(bytes_of(t), _WIDEST * t.numel()) for t in tensors_in(state_dict))
    runtime.budget.check_bytes(taken)
    return owner.load_state_dict(state_dict)
