"""Functions that need the running machine: what Python's and PyTorch's own would do unwatched.

Each takes the machine as its first argument. Those that walk something walk it turn by turn;
those that call back into the program, or run backward, do so where it is recorded and counted.
"""

import copy
import functools
import math
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.definitions import Bound, SuperView
from core.entries import Function
from core.errors import Refused
from core.late import load_late_imports
from core.randomness import exclusive

if TYPE_CHECKING:
    from core.machine import Machine


# Python


def show(
    machine: "Machine", *values: Any, sep: Any = None, end: Any = None, flush: Any = None
) -> None:
    text = (" " if sep is None else sep).join([machine.text(value) for value in values])
    machine.write(text + ("\n" if end is None else end))


def to_text(machine: "Machine", value: Any = "") -> str:
    return machine.text(value)


def representation(machine: "Machine", value: Any) -> str:
    machine.budget.weigh(value, shown=True)
    return str(machine.budget.capped(repr(value)))


def length(machine: "Machine", value: Any) -> int:
    return len(value)


def to_list(machine: "Machine", values: Any = ()) -> list[Any]:
    return machine.items(values)


def to_tuple(machine: "Machine", values: Any = ()) -> tuple[Any, ...]:
    return tuple(machine.items(values))


def to_set(machine: "Machine", values: Any = ()) -> set[Any]:
    items = machine.items(values)
    machine.budget.weigh(items)
    return set(items)


def to_dict(machine: "Machine", values: Any = (), **named: Any) -> dict[Any, Any]:
    pairs = (
        values.items() if isinstance(values, dict) else map(machine.items, machine.items(values))
    )
    return {**dict(pairs), **named}


def to_ordered(machine: "Machine", values: Any = (), **named: Any) -> Any:
    return OrderedDict(to_dict(machine, values, **named))


def counted(machine: "Machine", *args: Any) -> range:
    made = range(*args)
    if made and abs(made[-1] - made[0]) // abs(made.step) >= machine.budget.limits.turns:
        raise machine.budget.stop("turns")
    return made


def numbered(machine: "Machine", values: Any, start: int = 0) -> Any:
    return enumerate(machine.items(values), start)


def zipped(machine: "Machine", *values: Any, strict: bool = False) -> Any:
    return zip(*[machine.items(value) for value in values], strict=strict)


def mapped(machine: "Machine", function: Any, *values: Any) -> Any:
    rows = zip(*[machine.items(value) for value in values], strict=False)
    return iter([machine.call_value(function, row, {}) for row in rows])


def filtered(machine: "Machine", function: Any, values: Any) -> Any:
    items = machine.items(values)
    if function is None:
        return iter([item for item in items if item])
    return iter([item for item in items if machine.call_value(function, (item,), {})])


def backwards(machine: "Machine", values: Any) -> Any:
    return reversed(machine.items(values))


def _check_comparing(machine: "Machine", items: list[Any]) -> None:
    """Comparing goes on natively, out of reach of the clock, and tensors are slow to compare."""
    machine.budget.weigh(items)
    if any(isinstance(item, Tensor) for item in items):
        machine.budget.check_length([], 20 * len(items))


def ordered(machine: "Machine", values: Any, *, key: Any = None, reverse: Any = False) -> list[Any]:
    items = machine.items(values)
    _check_comparing(machine, items)
    return sorted(items, key=None if key is None else machine.native(key), reverse=reverse)


def total(machine: "Machine", values: Any, start: Any = 0) -> Any:
    for item in machine.items(values):
        start = machine.add(start, item)
    return start


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def call(machine: "Machine", *values: Any, **options: Any) -> Any:
        items = machine.items(values[0]) if len(values) == 1 else list(values)
        _check_comparing(machine, items)
        if options.get("key") is not None:
            options["key"] = machine.native(options["key"])
        return choose(items, **options)

    return call


smallest = _extreme(min)
largest = _extreme(max)


def is_any(machine: "Machine", values: Any) -> bool:
    return any(machine.items(values))


def is_all(machine: "Machine", values: Any) -> bool:
    return all(machine.items(values))


def rounded(machine: "Machine", value: Any, digits: Any = None) -> Any:
    if isinstance(value, Tensor):
        options = {} if digits is None else {"decimals": digits}
        return machine.made(torch.round(value, **options))
    if isinstance(digits, int) and abs(digits) > 400:
        raise machine.budget.stop("integer_bits", f"round(…, {digits})")
    return round(value, digits)


def power(machine: "Machine", base: Any, exponent: Any, modulus: Any = None) -> Any:
    if modulus is None:
        return machine.power(base, exponent)
    return pow(base, exponent, modulus)


def is_instance(machine: "Machine", value: Any, classes: Any) -> bool:
    return isinstance(value, machine.class_of(classes))


def is_subclass(machine: "Machine", cls: Any, classes: Any) -> bool:
    return issubclass(machine.class_of(cls), machine.class_of(classes))


def type_of(machine: "Machine", value: Any, *more: Any) -> Any:
    if more:
        raise Refused("call", "type(…, …, …)")
    return machine.entry_of(type(value))


def following(machine: "Machine", iterator: Any, *default: Any) -> Any:
    if not machine.may_walk(iterator):
        raise TypeError(f"{type(iterator).__name__!r} object is not an iterator")
    return next(iterator, *default)


def iterator_of(machine: "Machine", values: Any) -> Any:
    return iter(machine.items(values))


def super_of(machine: "Machine", start: Any = None, instance: Any = None) -> SuperView:
    if start is None:
        start, instance = machine.around_super()
    if not (isinstance(start, type) and start in type(instance).__mro__):
        raise TypeError("super(type, obj): obj must be an instance or subtype of type")
    return SuperView(start, instance)


def has_attribute(machine: "Machine", owner: Any, name: Any) -> bool:
    if not isinstance(name, str):
        raise TypeError("hasattr(): attribute name must be string")
    try:
        machine.attribute(owner, name)
    except AttributeError:
        return False
    return True


def folded(machine: "Machine", function: Any, values: Any, *start: Any) -> Any:
    return functools.reduce(machine.native(function), machine.items(values), *start)


def product(machine: "Machine", values: Any, *, start: Any = 1) -> Any:
    for item in machine.items(values):
        start = machine.times(start, item)
    return start


def factorial(machine: "Machine", n: Any) -> int:
    if isinstance(n, int) and n > 150:
        raise machine.budget.stop("integer_bits", f"factorial({n})")
    return math.factorial(n)


def combinations(machine: "Machine", n: Any, k: Any) -> int:
    if isinstance(n, int) and n > 500:
        raise machine.budget.stop("integer_bits", f"comb({n}, {k})")
    return math.comb(n, k)


def format_text(machine: "Machine", template: str, *args: Any, **named: Any) -> str:
    return machine.format(template, args, named)


def join_text(machine: "Machine", separator: str, values: Any) -> str:
    items = machine.items(values)
    if all(isinstance(item, str) for item in items):
        size = sum(map(len, items)) + len(separator) * len(items)
        machine.budget.check_length("", size)
    return separator.join(items)


def replace_text(machine: "Machine", text: str, old: str, new: str, *count: Any) -> str:
    if isinstance(old, str) and isinstance(new, str):
        times = text.count(old)
        machine.budget.check_length("", len(text) + times * len(new))
    return text.replace(old, new, *count)


def _padding(method: Callable[..., str]) -> Callable[..., str]:
    def call(machine: "Machine", text: str, width: Any, *fill: Any) -> str:
        if isinstance(width, int):
            machine.budget.check_length("", width)
        return method(text, width, *fill)

    return call


left_justified, right_justified = _padding(str.ljust), _padding(str.rjust)
centred, zero_filled = _padding(str.center), _padding(str.zfill)


def extend_list(machine: "Machine", values: list[Any], more: Any) -> None:
    items = machine.items(more)
    machine.budget.check_length(values, len(values) + len(items))
    values.extend(items)


def append_list(machine: "Machine", values: list[Any], item: Any) -> None:
    machine.budget.check_length(values, len(values) + 1)
    values.append(item)


def insert_list(machine: "Machine", values: list[Any], place: Any, item: Any) -> None:
    machine.budget.check_length(values, len(values) + 1)
    values.insert(place, item)


def sort_list(
    machine: "Machine", values: list[Any], *, key: Any = None, reverse: Any = False
) -> None:
    values[:] = ordered(machine, values, key=key, reverse=reverse)


def update_dict(machine: "Machine", values: dict[Any, Any], more: Any = (), **named: Any) -> None:
    values.update(to_dict(machine, more, **named))
    machine.budget.capped(values)


def deep_copy(machine: "Machine", value: Any) -> Any:
    if not isinstance(value, Tensor | nn.Module | dict | list | tuple | bool | int | float | str):
        raise Refused("call", f"copy.deepcopy({type(value).__name__})")
    machine.budget.weigh(value)
    tensors = list(_tensors(value))
    machine.budget.check_bytes(sum(tensor.nbytes for tensor in tensors))
    copied = copy.deepcopy(value)
    machine.made(tuple(_tensors(copied)))
    return copied


# PyTorch


def set_seed(machine: "Machine", seed: Any) -> torch.Generator:
    machine.randomness.generator.manual_seed(seed)
    return machine.randomness.generator


def device(machine: "Machine", *args: Any) -> torch.device:
    machine.check_device(args[0] if args else "cpu")
    return torch.device(*args)


def convert(machine: "Machine", tensor: Tensor, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        machine.check_device(value)
    args = tuple(machine.native(value) for value in args)
    return machine.made(tensor.to(*args, **{k: machine.native(v) for k, v in options.items()}))


def convert_module(machine: "Machine", module: nn.Module, *args: Any, **options: Any) -> Any:
    for value in (*args, *options.values()):
        machine.check_device(value)
    return module.to(*args, **options)


def tensor_type(machine: "Machine", tensor: Tensor, dtype: Any = None) -> Any:
    if dtype is None:
        return tensor.type()
    if not isinstance(dtype, torch.dtype):
        raise Refused("call", "type(…)")
    return machine.made(tensor.type(dtype))


def to_numbers(machine: "Machine", tensor: Tensor) -> Any:
    machine.budget.check_length([], tensor.numel())
    return tensor.tolist()


def to_numpy(machine: "Machine", tensor: Tensor, *, force: bool = False) -> Any:
    return tensor.numpy(force=force)


def one_hot(machine: "Machine", tensor: Tensor, num_classes: int = -1) -> Tensor:
    if isinstance(tensor, Tensor) and tensor.numel():
        classes = num_classes if num_classes > 0 else int(tensor.max()) + 1
        machine.budget.check_elements(tensor.numel() * classes)
    return machine.made(F.one_hot(tensor, num_classes))  # type: ignore[no-any-return]


def repeat_interleave(machine: "Machine", tensor: Tensor, repeats: Any, dim: Any = None) -> Tensor:
    most = repeats
    if isinstance(repeats, Tensor):
        most = int(repeats.max()) if repeats.numel() else 0
    if isinstance(most, int):
        machine.budget.check_elements(tensor.numel() * max(most, 0))
    return machine.made(torch.repeat_interleave(tensor, repeats, dim))  # type: ignore[no-any-return]


def backward_from(
    machine: "Machine",
    tensor: Tensor,
    gradient: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    machine.recorder.backward(
        tensor,
        gradient=gradient,
        retain_graph=retain_graph,
        create_graph=create_graph,
        inputs=inputs,
    )


def backward_from_all(
    machine: "Machine",
    tensors: Any,
    grad_tensors: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    options = {"retain_graph": retain_graph, "create_graph": create_graph, "inputs": inputs}
    several = tensors if isinstance(tensors, tuple | list) else (tensors,)
    if len(several) == 1 and isinstance(several[0], Tensor):
        gradient = grad_tensors[0] if isinstance(grad_tensors, tuple | list) else grad_tensors
        machine.recorder.backward(several[0], gradient=gradient, **options)
        return
    with machine.recorder.guarding(several):
        torch.autograd.backward(tensors, grad_tensors, **options)


def gradients(
    machine: "Machine",
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: Any = None,
    create_graph: bool = False,
    allow_unused: Any = None,
    *,
    materialize_grads: bool = False,
) -> Any:
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
        return machine.made(machine.recorder.gradients(several[0], call))
    with machine.recorder.guarding(several):
        return machine.made(call())


def apply_function(machine: "Machine", cls: Any, *args: Any) -> Any:
    """MyFunction.apply(…)"""
    return machine.made(cls.apply(*args))


def _of_functions(
    function: Callable[..., Any], *, rows: bool = False, square: bool = False, lock: bool = False
) -> Callable[..., Any]:
    """A function that takes a function: it is called watched, so that no loop outlasts the run.

    rows    it makes a row for every output; square: for every input
    """

    def call(machine: "Machine", func: Any, *args: Any, **options: Any) -> Any:
        if square and args:
            _check_rows(machine, sum(t.numel() for t in _tensors(args[0])), args[0])
        watched = _watched(machine, func, args[0] if rows and args else None)
        with machine.deeper(), exclusive(lock):
            return machine.made(function(watched, *args, **options))

    return call


def _watched(machine: "Machine", func: Any, inputs: Any) -> Callable[..., Any]:
    """The function, with its outputs counted, and the clock looked at in every backward."""

    def call(*args: Any) -> Any:
        made = machine.call_value(func, args, {})
        outputs = _tensors(made)
        if inputs is not None:
            _check_rows(machine, sum(tensor.numel() for tensor in outputs), inputs)
        for tensor in outputs:
            if tensor.requires_grad:
                tensor.register_hook(lambda _: machine.budget.check_time())
        return made

    return call


def _check_rows(machine: "Machine", rows: int, inputs: Any) -> None:
    """A Jacobian has a row an output and a column an input, and each row takes a backward."""
    machine.budget.check_elements(rows * sum(tensor.numel() for tensor in _tensors(inputs)))
    machine.budget.check_work(rows * 400_000)


jacobian = _of_functions(torch.autograd.functional.jacobian, rows=True)
hessian = _of_functions(torch.autograd.functional.hessian, square=True)
vjp = _of_functions(torch.autograd.functional.vjp)
jvp = _of_functions(torch.autograd.functional.jvp)
hvp = _of_functions(torch.autograd.functional.hvp)
vhp = _of_functions(torch.autograd.functional.vhp)
func_jvp = _of_functions(torch.func.jvp, lock=True)  # its levels are process-wide


def func_vjp(machine: "Machine", func: Any, *primals: Any, has_aux: bool = False) -> Any:
    with machine.deeper():
        value, pull_back, *rest = torch.func.vjp(
            _watched(machine, func, None), *primals, has_aux=has_aux
        )
    machine.made(value)
    pull = Function(lambda machine, *args: machine.made(pull_back(*args)), "special")
    return (value, Bound(machine, pull), *rest)


def _transform(transform: Callable[..., Any]) -> Callable[..., Any]:
    """torch.func.grad and the like: from a function to the function of its gradient."""

    def call(machine: "Machine", func: Any, argnums: Any = 0, has_aux: bool = False) -> Any:
        made = transform(_watched(machine, func, None), argnums=argnums, has_aux=has_aux)

        def differentiated(machine: "Machine", *args: Any, **named: Any) -> Any:
            with machine.deeper():
                return machine.made(made(*args, **named))

        return Bound(machine, Function(differentiated, "special"))

    return call


func_grad = _transform(torch.func.grad)
func_grad_and_value = _transform(torch.func.grad_and_value)


def _checked(check: Callable[..., bool]) -> Callable[..., bool]:
    def call(machine: "Machine", func: Any, inputs: Any, *args: Any, **options: Any) -> bool:
        machine.budget.check_work(sum(t.numel() for t in _tensors(inputs)) ** 2 * 1000)
        with machine.deeper(), machine.randomness.lent():
            return check(_watched(machine, func, inputs), inputs, *args, **options)

    return call


gradcheck = _checked(torch.autograd.gradcheck)
gradgradcheck = _checked(torch.autograd.gradgradcheck)


def optimizer(cls: type) -> Callable[..., Any]:
    def call(machine: "Machine", parameters: Any, *args: Any, **options: Any) -> Any:
        if not isinstance(parameters, Tensor):
            parameters = machine.items(parameters)
        load_late_imports(machine.budget)
        made = cls(parameters, *args, **options)
        # Moments and the like: at most three more of every parameter.
        count = sum(t.nbytes for group in made.param_groups for t in group["params"])
        machine.budget.check_bytes(3 * count)
        return made

    return call


def optimizer_step(machine: "Machine", owner: Any, closure: Any = None) -> Any:
    if closure is None:
        return owner.step()
    return owner.step(machine.native(closure))


def saved_tensors_hooks(machine: "Machine", pack: Any, unpack: Any) -> Any:
    machine.recorder.read_saved = False
    return torch.autograd.graph.saved_tensors_hooks(machine.native(pack), machine.native(unpack))


def register_buffer(
    machine: "Machine", module: nn.Module, name: Any, *args: Any, **options: Any
) -> None:
    machine.check_name(name)
    module.register_buffer(name, *args, **options)


def register_parameter(machine: "Machine", module: nn.Module, name: Any, value: Any) -> None:
    machine.check_name(name)
    module.register_parameter(name, value)


def add_module(machine: "Machine", module: nn.Module, name: Any, child: Any) -> None:
    machine.check_name(name)
    module.add_module(name, child)


def forward_of(machine: "Machine", module: nn.Module, *args: Any, **options: Any) -> Any:
    """module.forward(…), around its hooks."""
    return machine.call_native_module(module, type(module).forward, args, options)


def _tensors(values: Any) -> Iterable[Tensor]:
    if isinstance(values, Tensor):
        return [values]
    if isinstance(values, tuple | list):
        return [tensor for value in values for tensor in _tensors(value)]
    if isinstance(values, dict):
        return _tensors(list(values.values()))
    return list(values.parameters()) if isinstance(values, nn.Module) else []
