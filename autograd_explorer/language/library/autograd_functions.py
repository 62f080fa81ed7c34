"""Backward, gradients, products with Jacobians, and hooks. The observer records what they do.

Each takes the Runtime as its first argument, and calls functions of the program through it.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction

from autograd_explorer.errors import Refused
from autograd_explorer.language.budget.randomness import exclusive
from autograd_explorer.language.functions import Bound, UserFunction
from autograd_explorer.language.influences import tell_of_ignored
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import tensors_in
from autograd_explorer.process.deferred_imports import load_deferred_imports
from autograd_explorer.torch_internals import is_wrapped, output_kinds


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
    with runtime.observer.guarding(several, captured=False):
        torch.autograd.backward(tensors, grad_tensors, **options)


def autograd_grad(
    runtime: Runtime,
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: Any = None,
    is_grads_batched: bool = False,
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
        "only_inputs": bool(only_inputs),
        "allow_unused": allow_unused,
        "materialize_grads": materialize_grads,
    }
    several = outputs if isinstance(outputs, tuple | list) else (outputs,)
    if is_grads_batched:
        return _in_batches(runtime, outputs, inputs, grad_outputs, options)

    def call() -> Any:
        return torch.autograd.grad(outputs, inputs, grad_outputs, **options)

    # Under vmap the gradients are of many rows at once, and there are no numbers to be read.
    mapped = any(is_wrapped(tensor) for tensor in tensors_in([several, grad_outputs]))
    if len(several) == 1 and isinstance(several[0], Tensor) and not mapped:
        again = bool(create_graph)
        return runtime.calls.made(runtime.observer.gradients(several[0], call, again))
    with runtime.observer.guarding(several):
        return runtime.calls.made(call())


def _in_batches(
    runtime: Runtime, outputs: Any, inputs: Any, grad_outputs: Any, options: dict[str, Any]
) -> Any:
    """torch.autograd.grad with is_grads_batched: a backward for each row of grad_outputs, which
    PyTorch does by vmap in one pass, and here one after another."""
    rows = grad_outputs if isinstance(grad_outputs, tuple | list) else (grad_outputs,)
    count = len(rows[0]) if rows and isinstance(rows[0], Tensor) and rows[0].ndim else 0
    if not count or any(not isinstance(row, Tensor) or len(row) != count for row in rows):
        raise Refused("keyword", "torch.autograd.grad(is_grads_batched=…)")
    _check_rows(runtime, count, inputs)
    several = outputs if isinstance(outputs, tuple | list) else (outputs,)
    last = {**options, "retain_graph": True}
    made = []
    with runtime.observer.guarding(several):
        for i in range(count):
            if i == count - 1:
                last = options
            made.append(torch.autograd.grad(outputs, inputs, [row[i] for row in rows], **last))
    columns = zip(*made, strict=True)
    stacked = [None if column[0] is None else torch.stack(column) for column in columns]
    return runtime.calls.made(tuple(stacked))


def function_apply(runtime: Runtime, cls: Any, *args: Any) -> Any:
    """MyFunction.apply(…)"""
    given = [runtime.calls.native(value, "holding") for value in args]
    made = runtime.calls.made(cls.apply(*given))
    runtime.observer.notice("applied", runtime.state.line, tensors_in(given), tensors_in([made]))
    return made


def save_for_backward(runtime: Runtime, ctx: Any, *tensors: Any) -> None:
    """ctx.save_for_backward(…)"""
    given = [runtime.calls.native(value) for value in tensors]
    ctx.save_for_backward(*given)
    for tensor in given:
        runtime.observer.notice("ctx", runtime.state.line, tensor, "")


def once_differentiable(runtime: Runtime, function: Any) -> Any:
    """The decorator of a backward that cannot itself be differentiated."""
    if not isinstance(function, UserFunction):
        raise Refused("decorator", "once_differentiable")
    wrapped = torch.autograd.function.once_differentiable(function)

    def call(runtime: Runtime, *args: Any) -> Any:
        return wrapped(*args)

    return Bound(runtime.calls.call, Function(call, "special"))


def _of_rows(function: Callable[..., Any], *, square: bool) -> Callable[..., Any]:
    """jacobian makes a row for every output, hessian for every input. `vectorize` asks for all rows
    at once by torch.func, which counts its nested levels for the whole process: they are made one
    after another here, with the same numbers. What a Hessian's outer Jacobian is made by changes no
    number."""

    def call(
        runtime: Runtime,
        func: Any,
        inputs: Any,
        create_graph: bool = False,
        strict: bool = False,
        vectorize: bool = False,
        outer_jacobian_strategy: str = "reverse-mode",
    ) -> Any:
        inputs = runtime.calls.native(inputs, "bounded")
        if square:
            _check_rows(runtime, sum(tensor.numel() for tensor in tensors_in(inputs)), inputs)
        looked_after = watched(runtime, func, None if square else inputs)
        with runtime.calls.deeper():
            # PyTorch's result of forward over reverse can be differentiated again, asked or not.
            again = bool(create_graph) or outer_jacobian_strategy == "forward-mode"
            made = function(looked_after, inputs, create_graph=again, strict=bool(strict))
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
        looked_after = watched(runtime, func, None)
        with runtime.calls.deeper():
            made = function(looked_after, inputs, v, bool(create_graph), bool(strict))
        return runtime.calls.made(made)

    return call


def watched(
    runtime: Runtime, func: Any, inputs: Any, argnums: Any = None, spare: int = 1
) -> Callable[..., Any]:
    """The function, such that its outputs are counted and that a backward through it checks the
    time limit at every node.

    argnums  which arguments it is differentiated by, where that is to be looked at
    spare    how often the Jacobian may be as large as a tensor otherwise may
    """

    def call(*args: Any, **named: Any) -> Any:
        made = runtime.calls.native(runtime.calls.call_value(func, args, named), "holding")
        outputs = tensors_in(made)
        if inputs is not None:
            _check_rows(runtime, sum(tensor.numel() for tensor in outputs) // spare, inputs)
        runtime.observer.watch_nodes(outputs)
        if argnums is not None and outputs and not outputs[0].requires_grad:
            tell_of_ignored(runtime.observer.influence, func, argnums)
        return made

    return call


def _check_rows(runtime: Runtime, rows: int, inputs: Any) -> None:
    """Check the size of a Jacobian and the time for it: it has a row for each output and a column
    for each input, and each row takes a backward pass."""
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
    looked_after = watched(runtime, func, None)
    runtime.budget.excuse(load_deferred_imports())
    with runtime.calls.deeper(), exclusive():  # torch.func counts levels process-wide
        return runtime.calls.made(
            torch.func.jvp(looked_after, primals, tangents, has_aux=bool(has_aux))
        )


def func_vjp(runtime: Runtime, func: Any, *primals: Any, has_aux: bool = False) -> Any:
    given = [runtime.calls.native(value, "bounded") for value in primals]
    with runtime.calls.deeper():
        value, pull_back, *rest = torch.func.vjp(
            watched(runtime, func, None), *given, has_aux=bool(has_aux)
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
        made = transform(watched(runtime, func, None, argnums), argnums=argnums, has_aux=has_aux)

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
        for value in (*args, *options.values()):
            runtime.calls.native(value)
        # Two calls for each number, and each looks at the clock. Nobody keeps the Jacobian.
        runtime.budget.check_work(sum(t.numel() for t in tensors_in(inputs)) ** 2 * 100)
        with runtime.calls.deeper(), runtime.randomness.lent():
            return check(watched(runtime, func, inputs, spare=4), inputs, *args, **options)

    return call


gradcheck = _checked(torch.autograd.gradcheck)
gradgradcheck = _checked(torch.autograd.gradgradcheck)


def saved_tensors_hooks(runtime: Runtime, pack_hook: Any, unpack_hook: Any) -> Any:
    runtime.observer.read_saved = False
    return torch.autograd.graph.saved_tensors_hooks(
        runtime.calls.callback(pack_hook), runtime.calls.callback(unpack_hook)
    )


def saved_tensor_hooks(runtime: Runtime, saved: Any, pack_hook: Any, unpack_hook: Any, /) -> None:
    runtime.observer.read_saved = False
    saved.register_hooks(runtime.calls.callback(pack_hook), runtime.calls.callback(unpack_hook))


def save_on_cpu(runtime: Runtime, pin_memory: Any = False, device_type: Any = "cuda") -> Any:
    runtime.observer.read_saved = False
    return torch.autograd.graph.save_on_cpu()


def multi_grad_hook(runtime: Runtime, tensors: Any, fn: Any, *, mode: Any = "all") -> Any:
    runtime.observer.hook_set()
    several = runtime.calls.native(runtime.walking.items(tensors), "bounded")
    return torch.autograd.graph.register_multi_grad_hook(
        several, runtime.calls.callback(fn), mode=mode
    )


def tensor_hook(runtime: Runtime, tensor: Tensor, hook: Any) -> Any:
    runtime.observer.hook_set()
    runtime.observer.notice("hook", runtime.state.line, tensor)
    return tensor.register_hook(runtime.calls.callback(hook))


def tensor_accumulate_hook(runtime: Runtime, tensor: Tensor, hook: Any) -> Any:
    runtime.observer.hook_set()
    return tensor.register_post_accumulate_grad_hook(runtime.calls.callback(hook))


def call_node(runtime: Runtime, node: Any, *grads: Any) -> Any:
    """grad_fn(gradient): what the node passes on. Its kernel trusts what it is given, so that this
    has to be of the shape and the type that it has in a backward pass."""
    given = [runtime.calls.native(value, "bounded") for value in grads]
    if not all(isinstance(value, Tensor) for value in given) or [
        (tuple(value.shape), value.dtype) for value in given
    ] != output_kinds(node):
        raise Refused("call", f"{type(node).__name__}(…)")
    call = node.apply if isinstance(node, BackwardCFunction) else node
    return runtime.calls.made(call(*given))


def node_hook(runtime: Runtime, node: Any, fn: Any) -> Any:
    runtime.observer.hook_set()
    return node.register_hook(runtime.calls.callback(fn))


def node_pre_hook(runtime: Runtime, node: Any, fn: Any) -> Any:
    runtime.observer.hook_set()
    return node.register_prehook(runtime.calls.callback(fn))
