"""PyTorch's functions that need the running interpreter: what PyTorch would do unwatched.

Each takes the Runtime as its first argument. Those that call back into the program, or run
backward, do so where it is recorded and counted.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.functions import Bound, UserFunction
from autograd_explorer.language.integrity import as_array, check_optimizer, guarded, packing
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.modules import Sequential
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import size_of, tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import bytes_of


def manual_seed(runtime: Runtime, seed: Any) -> torch.Generator:
    return runtime.randomness.seed(size_of(seed))


def device(runtime: Runtime, *args: Any) -> torch.device:
    runtime.calls.check_device(args[0] if args else "cpu")
    return torch.device(*args)


def tensor_to(runtime: Runtime, tensor: Tensor, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        runtime.calls.check_device(value)
    args = tuple(runtime.calls.native(value) for value in args)
    return runtime.calls.made(
        tensor.to(*args, **{k: runtime.calls.native(v) for k, v in options.items()})
    )


def module_to(runtime: Runtime, module: nn.Module, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        runtime.calls.check_device(value)
    runtime.budget.check_paths(module)
    return module.to(*[runtime.calls.native(v) for v in args], **options)


def tensor_type(runtime: Runtime, tensor: Tensor, dtype: Any = None) -> Any:
    if dtype is None:
        return tensor.type()
    if not isinstance(dtype, torch.dtype):
        raise Refused("call", "type(…)")
    return runtime.calls.made(tensor.type(dtype))


def tensor_tolist(runtime: Runtime, tensor: Tensor) -> Any:
    runtime.budget.check_length([], tensor.numel())
    return tensor.tolist()


def tensor_numpy(runtime: Runtime, tensor: Tensor, *, force: bool = False) -> Any:
    return as_array(tensor, force)


def tensor_data_ptr(runtime: Runtime, tensor: Tensor) -> int:
    return runtime.addresses.of_data(tensor)


def once_differentiable(runtime: Runtime, function: Any) -> Any:
    """The decorator of a backward that cannot itself be differentiated."""
    if not isinstance(function, UserFunction):
        raise Refused("decorator", "once_differentiable")
    wrapped = torch.autograd.function.once_differentiable(function)

    def call(runtime: Runtime, *args: Any) -> Any:
        return wrapped(*args)

    return Bound(runtime.calls.call, Function(call, "special"))


def one_hot(runtime: Runtime, tensor: Tensor, num_classes: int = -1) -> Tensor:
    num_classes = size_of(num_classes)
    if isinstance(tensor, Tensor) and tensor.numel():
        classes = num_classes if num_classes > 0 else int(tensor.max()) + 1
        runtime.budget.check_elements(tensor.numel() * classes)
    return runtime.calls.made(F.one_hot(tensor, num_classes))  # type: ignore[no-any-return]


def repeat_interleave(runtime: Runtime, tensor: Tensor, repeats: Any, dim: Any = None) -> Tensor:
    repeats, dim = size_of(repeats), size_of(dim)
    most = repeats
    if isinstance(repeats, Tensor):
        most = int(repeats.max()) if repeats.numel() else 0
    if isinstance(most, int):
        runtime.budget.check_elements(tensor.numel() * max(most, 0))
    return runtime.calls.made(torch.repeat_interleave(tensor, repeats, dim))  # type: ignore[no-any-return]


def tensor_backward(
    runtime: Runtime,
    tensor: Tensor,
    gradient: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    gradient, inputs = (
        runtime.calls.native(gradient, "bounded"),
        runtime.calls.native(inputs, "bounded"),
    )
    runtime.observer.backward(
        tensor,
        gradient=gradient,
        retain_graph=retain_graph,
        create_graph=create_graph,
        inputs=inputs,
    )


def autograd_backward(
    runtime: Runtime,
    tensors: Any,
    grad_tensors: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    tensors = runtime.calls.native(tensors, "bounded")
    grad_tensors = runtime.calls.native(grad_tensors, "bounded")
    inputs = runtime.calls.native(inputs, "bounded")
    options = {"retain_graph": retain_graph, "create_graph": create_graph, "inputs": inputs}
    several = tensors if isinstance(tensors, tuple | list) else (tensors,)
    if len(several) == 1 and isinstance(several[0], Tensor):
        gradient = grad_tensors[0] if isinstance(grad_tensors, tuple | list) else grad_tensors
        runtime.observer.backward(several[0], gradient=gradient, **options)
        return
    with runtime.observer.guarding(several):
        torch.autograd.backward(tensors, grad_tensors, **options)


def autograd_grad(
    runtime: Runtime,
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    allow_unused: Any = None,
    *,
    materialize_grads: bool = False,
) -> Any:
    outputs, inputs = (
        runtime.calls.native(outputs, "bounded"),
        runtime.calls.native(inputs, "bounded"),
    )
    grad_outputs = runtime.calls.native(grad_outputs, "bounded")
    options = {
        "retain_graph": retain_graph,
        "create_graph": create_graph,
        "allow_unused": allow_unused,
        "materialize_grads": materialize_grads,
    }
    several = outputs if isinstance(outputs, tuple | list) else (outputs,)

    def call() -> Any:
        return torch.autograd.grad(outputs, inputs, grad_outputs, **options)

    if len(several) == 1 and isinstance(several[0], Tensor):
        return runtime.calls.made(runtime.observer.gradients(several[0], call))
    with runtime.observer.guarding(several):
        return runtime.calls.made(call())


def function_apply(runtime: Runtime, cls: Any, *args: Any) -> Any:
    """MyFunction.apply(…)"""
    return runtime.calls.made(
        cls.apply(*[runtime.calls.native(value, "holding") for value in args])
    )


def _of_rows(function: Callable[..., Any], *, square: bool) -> Callable[..., Any]:
    """jacobian makes a row for every output, hessian for every input. Without `vectorize` and
    `strategy`: those make all rows at once, at levels that PyTorch keeps process-wide."""

    def call(
        runtime: Runtime, func: Any, inputs: Any, create_graph: bool = False, strict: bool = False
    ) -> Any:
        inputs = runtime.calls.native(inputs, "bounded")
        if square:
            _check_rows(runtime, sum(tensor.numel() for tensor in tensors_in(inputs)), inputs)
        watched = _watched(runtime, func, None if square else inputs)
        with runtime.calls.deeper():
            made = function(watched, inputs, create_graph=bool(create_graph), strict=bool(strict))
        return runtime.calls.made(made)

    return call


def _of_products(function: Callable[..., Any]) -> Callable[..., Any]:
    """vjp, jvp, hvp and vhp of torch.autograd.functional: a product with a vector v."""

    def call(
        runtime: Runtime,
        func: Any,
        inputs: Any,
        v: Any = None,
        create_graph: bool = False,
        strict: bool = False,
    ) -> Any:
        inputs, v = runtime.calls.native(inputs, "bounded"), runtime.calls.native(v, "bounded")
        watched = _watched(runtime, func, None)
        with runtime.calls.deeper():
            made = function(watched, inputs, v, bool(create_graph), bool(strict))
        return runtime.calls.made(made)

    return call


def _watched(runtime: Runtime, func: Any, inputs: Any) -> Callable[..., Any]:
    """The function, with its outputs counted, and the clock looked at at every node of it."""

    def call(*args: Any) -> Any:
        made = runtime.calls.native(runtime.calls.call_value(func, args, {}), "holding")
        outputs = tensors_in(made)
        if inputs is not None:
            _check_rows(runtime, sum(tensor.numel() for tensor in outputs), inputs)
        runtime.observer.watch_nodes(outputs)
        return made

    return call


def _check_rows(runtime: Runtime, rows: int, inputs: Any) -> None:
    """A Jacobian has a row an output and a column an input, and each row takes a backward."""
    runtime.budget.check_elements(rows * sum(tensor.numel() for tensor in tensors_in(inputs)))
    runtime.budget.check_work(rows * 400_000)


jacobian = _of_rows(torch.autograd.functional.jacobian, square=False)
hessian = _of_rows(torch.autograd.functional.hessian, square=True)
vjp = _of_products(torch.autograd.functional.vjp)
jvp = _of_products(torch.autograd.functional.jvp)
hvp = _of_products(torch.autograd.functional.hvp)
vhp = _of_products(torch.autograd.functional.vhp)


def func_jvp(
    runtime: Runtime, func: Any, primals: Any, tangents: Any, *, has_aux: bool = False
) -> Any:
    primals, tangents = (
        runtime.calls.native(primals, "bounded"),
        runtime.calls.native(tangents, "bounded"),
    )
    watched = _watched(runtime, func, None)
    runtime.budget.excuse(load_deferred_imports())
    with runtime.calls.deeper(), exclusive():  # its levels are process-wide
        return runtime.calls.made(torch.func.jvp(watched, primals, tangents, has_aux=bool(has_aux)))


def func_vjp(runtime: Runtime, func: Any, *primals: Any, has_aux: bool = False) -> Any:
    given = [runtime.calls.native(value, "bounded") for value in primals]
    with runtime.calls.deeper():
        value, pull_back, *rest = torch.func.vjp(
            _watched(runtime, func, None), *given, has_aux=bool(has_aux)
        )
    runtime.calls.made(value)

    def pull(runtime: Runtime, *cotangents: Any) -> Any:
        return runtime.calls.made(
            pull_back(*[runtime.calls.native(v, "bounded") for v in cotangents])
        )

    return (value, Bound(runtime.calls.call, Function(pull, "special")), *rest)


def _transform(transform: Callable[..., Any]) -> Callable[..., Any]:
    """torch.func.grad and the like: from a function to the function of its gradient."""

    def call(runtime: Runtime, func: Any, argnums: Any = 0, has_aux: bool = False) -> Any:
        made = transform(_watched(runtime, func, None), argnums=argnums, has_aux=has_aux)

        def differentiated(runtime: Runtime, *args: Any, **named: Any) -> Any:
            given = [runtime.calls.native(value, "holding") for value in args]
            by_name = {
                name: runtime.calls.native(value, "holding") for name, value in named.items()
            }
            with runtime.calls.deeper():
                return runtime.calls.made(made(*given, **by_name))

        return Bound(runtime.calls.call, Function(differentiated, "special"))

    return call


func_grad = _transform(torch.func.grad)
func_grad_and_value = _transform(torch.func.grad_and_value)


def _checked(check: Callable[..., bool]) -> Callable[..., bool]:
    def call(runtime: Runtime, func: Any, inputs: Any, *args: Any, **options: Any) -> bool:
        runtime.budget.check_work(sum(t.numel() for t in tensors_in(inputs)) ** 2 * 1000)
        with runtime.calls.deeper(), runtime.randomness.lent():
            return check(_watched(runtime, func, inputs), inputs, *args, **options)

    return call


gradcheck = _checked(torch.autograd.gradcheck)
gradgradcheck = _checked(torch.autograd.gradgradcheck)


def optimizer(cls: type) -> Callable[..., Any]:
    def call(runtime: Runtime, parameters: Any, *args: Any, **options: Any) -> Any:
        if not isinstance(parameters, Tensor):
            parameters = [_group(runtime, item) for item in runtime.walking.items(parameters)]
        runtime.budget.excuse(load_deferred_imports())
        given = [runtime.calls.native(value) for value in args]
        made = cls(parameters, *given, **{k: runtime.calls.native(v) for k, v in options.items()})
        check_optimizer(made, runtime.budget)
        _check_states(runtime, made)
        return made

    return call


def _group(runtime: Runtime, item: Any) -> Any:
    """A parameter, or a group of them: a dict whose parameters the interpreter has listed."""
    if not isinstance(item, dict):
        return item
    parameters = item.get("params")
    if parameters is not None and not isinstance(parameters, Tensor):
        item = {**item, "params": runtime.walking.items(parameters)}
    return item


def _check_states(runtime: Runtime, owner: Any) -> None:
    """Moments and the like: at most three more of every parameter, and LBFGS keeps a history."""
    count = 0
    for group in owner.param_groups:
        more = 3 + 2 * group.get("history_size", 0)
        count += more * sum(bytes_of(tensor) for tensor in group["params"])
    runtime.budget.check_bytes(count)


def optimizer_add_param_group(runtime: Runtime, owner: Any, group: Any) -> None:
    owner.add_param_group(_group(runtime, group))
    check_optimizer(owner, runtime.budget)
    _check_states(runtime, owner)


_STEPS_A_PARAMETER = 200_000  # a dozen small operations, out of reach of the clock


def optimizer_step(runtime: Runtime, owner: Any, closure: Any = None) -> Any:
    check_optimizer(owner, runtime.budget)
    count = sum(len(group["params"]) for group in owner.param_groups)
    runtime.budget.check_work(count * _STEPS_A_PARAMETER)
    if closure is None:
        return owner.step()

    def watched() -> Any:
        runtime.budget.check_time()
        made = runtime.calls.native(runtime.calls.call_value(closure, (), {}))
        check_optimizer(owner, runtime.budget)  # the closure can reach it too
        return made

    return owner.step(watched)


def lambda_lr(runtime: Runtime, owner: Any, lr_lambda: Any, last_epoch: int = -1) -> Any:
    several = isinstance(lr_lambda, list | tuple)
    calls: Any = (
        [runtime.calls.callback(item) for item in lr_lambda]
        if several
        else runtime.calls.callback(lr_lambda)
    )
    return LambdaLR(owner, calls, last_epoch)


_WIDEST = 8  # bytes of a number
_COMPARING = 20  # what comparing a pair by assert_close counts for


def optimizer_load_state_dict(runtime: Runtime, owner: Any, state_dict: Any) -> Any:
    """optimizer.load_state_dict: what it holds is copied, and turned into the parameter's type."""
    state_dict = runtime.calls.native(state_dict)
    taken = sum(max(bytes_of(t), _WIDEST * t.numel()) for t in tensors_in(state_dict))
    runtime.budget.check_bytes(taken)
    return owner.load_state_dict(state_dict)


def assert_close(runtime: Runtime, actual: Any, expected: Any, **options: Any) -> None:
    """torch.testing.assert_close, which takes a while for every pair in two lists."""
    given = {name: runtime.calls.native(value) for name, value in options.items()}
    pairs = _numbers_within(runtime.calls.native(actual))
    if pairs > 1:
        runtime.budget.check_length([], _COMPARING * pairs)
    torch.testing.assert_close(actual, runtime.calls.native(expected), **given)


def _numbers_within(values: Any) -> int:
    if not isinstance(values, list | tuple | dict):
        return 1
    return sum(map(_numbers_within, values.values() if isinstance(values, dict) else values))


# Hooks


def saved_tensors_hooks(runtime: Runtime, pack_hook: Any, unpack_hook: Any) -> Any:
    runtime.observer.read_saved = False
    packed, unpacked = packing(
        runtime.calls.callback(pack_hook), runtime.calls.callback(unpack_hook)
    )
    return torch.autograd.graph.saved_tensors_hooks(packed, unpacked)


def tensor_hook(runtime: Runtime, tensor: Tensor, hook: Any) -> Any:
    return tensor.register_hook(guarded(runtime.calls.callback(hook)))


def tensor_accumulate_hook(runtime: Runtime, tensor: Tensor, hook: Any) -> Any:
    return tensor.register_post_accumulate_grad_hook(runtime.calls.callback(hook))


def node_hook(runtime: Runtime, node: Any, fn: Any) -> Any:
    return node.register_hook(guarded(runtime.calls.callback(fn)))


def node_pre_hook(runtime: Runtime, node: Any, fn: Any) -> Any:
    return node.register_prehook(guarded(runtime.calls.callback(fn)))


def module_forward_hook(
    runtime: Runtime, module: nn.Module, hook: Any, *, prepend: Any = False
) -> Any:
    return module.register_forward_hook(runtime.calls.callback(hook), prepend=bool(prepend))


def module_forward_pre_hook(
    runtime: Runtime, module: nn.Module, hook: Any, *, prepend: Any = False
) -> Any:
    call = runtime.calls.callback(hook)

    def judged(owner: nn.Module, args: Any) -> Any:
        """The arguments that a hook puts in place of others have not been judged yet, nor has
        what it does to the module."""
        made = call(owner, args)
        if isinstance(owner, Sequential) or runtime.classes.defines(type(owner), "forward"):
            return made
        given = args if made is None else made if isinstance(made, tuple) else (made,)
        ready, _ = runtime.calls.ready_for(owner, given, {})
        return None if made is None else ready

    return module.register_forward_pre_hook(judged, prepend=bool(prepend))


def module_backward_hook(
    runtime: Runtime, module: nn.Module, hook: Any, prepend: Any = False
) -> Any:
    guard = guarded(runtime.calls.callback(hook))
    return module.register_full_backward_hook(guard, prepend=bool(prepend))


# Modules


_TRUNCATED = Function(nn.init.trunc_normal_, "drawing")
_STEPS_A_TRIAL = 20


def init_trunc_normal(
    runtime: Runtime, tensor: Tensor, mean: Any = 0.0, std: Any = 1.0, a: Any = -2.0, b: Any = 2.0
) -> Any:
    """nn.init.trunc_normal_: it draws evenly between a and b, and draws anew what the density
    does not accept. Far out nearly nothing is accepted, and it would go on for minutes."""
    bounds = tuple([size_of(value) for value in (mean, std, a, b)])
    if all(isinstance(value, int | float) for value in bounds) and bounds[1] > 0:
        middle, width, low, high = bounds
        if math.isfinite(low) and math.isfinite(high) and low < high:
            places = np.linspace(low, high, 2001)
            mode = max(low, min(middle, high))
            exponents = ((mode - middle) ** 2 - (places - middle) ** 2) / (2 * width**2)
            accepted = max(float(np.exp(exponents).mean()), 1e-9)
            rounds = math.log(tensor.numel() + 2) / accepted
            runtime.budget.check_work(int(tensor.numel() * rounds * _STEPS_A_TRIAL))
    return runtime.calls.call(_TRUNCATED, (tensor, *bounds), {})


def module_register_buffer(
    runtime: Runtime, module: nn.Module, name: Any, tensor: Any, persistent: Any = True
) -> None:
    runtime.attributes.check_name(module, name, tensor)
    module.register_buffer(name, runtime.calls.native(tensor), persistent=bool(persistent))


def module_register_parameter(runtime: Runtime, module: nn.Module, name: Any, param: Any) -> None:
    runtime.attributes.check_name(module, name, param)
    module.register_parameter(name, runtime.calls.native(param))


def module_add_module(runtime: Runtime, owner: nn.Module, name: Any, module: Any) -> None:
    runtime.attributes.check_name(owner, name, module)
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
    runtime: Runtime, module: nn.Module, *, prefix: str = "", keep_vars: Any = False
) -> Any:
    runtime.budget.check_paths(module)
    return module.state_dict(prefix=str(prefix), keep_vars=bool(keep_vars))


def module_load_state_dict(
    runtime: Runtime, module: nn.Module, state_dict: Any, strict: Any = True
) -> Any:
    runtime.budget.check_paths(module)
    return module.load_state_dict(runtime.calls.native(state_dict), strict=bool(strict))


def module_forward(runtime: Runtime, module: nn.Module, *args: Any, **options: Any) -> Any:
    """module.forward(…), around its hooks."""
    return runtime.calls.call_native_module(module, type(module).forward, args, options)
