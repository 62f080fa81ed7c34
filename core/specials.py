"""Functions that need the running machine: what Python's and PyTorch's own would do unwatched.

Each takes the machine as its first argument. Those that walk something walk it turn by turn;
those that call back into the program, or run backward, do so where it is recorded and counted.
"""

import copy
import functools
import math
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR

from core.containers import Sequential
from core.crossing import CALLABLES
from core.definitions import Bound, SuperView, UserFunction
from core.entries import Function
from core.errors import Refused
from core.integrity import as_array, check_optimizer, guarded, packing
from core.late import load_late_imports
from core.limits import bytes_of
from core.randomness import exclusive
from core.values import ITERATORS, MISSING, size_of, tensors_in

if TYPE_CHECKING:
    from core.machine import Machine


# Python


def show(
    machine: "Machine", *values: Any, sep: Any = None, end: Any = None, flush: Any = None
) -> None:
    between = " " if sep is None else sep
    pieces: list[str] = []
    length = 0
    for value in values:
        pieces.append(machine.text(value))
        length += len(pieces[-1]) + len(between)
        machine.budget.check_printed(length)
    machine.write(between.join(pieces) + ("\n" if end is None else end))


def to_text(machine: "Machine", value: Any = "") -> str:
    return machine.text(value)


def representation(machine: "Machine", value: Any) -> str:
    return machine.representation(value)


def length(machine: "Machine", value: Any) -> int:
    if isinstance(value, nn.Module):
        method = machine.attributes.special(value, "__len__")
        if method is MISSING:
            raise TypeError(f"object of type {type(value).__name__!r} has no len()")
        return int(method())
    return len(value)


def identity(machine: "Machine", value: Any) -> int:
    return machine.addresses.number(id(value))


def absolute(machine: "Machine", value: Any) -> Any:
    if isinstance(value, Tensor):
        return machine.call(_ABSOLUTE, (value,), {})
    machine.budget.check_time()
    return abs(value)


_ABSOLUTE = Function(abs, "bounded")


def to_list(machine: "Machine", values: Any = ()) -> list[Any]:
    return machine.items(values)


def to_tuple(machine: "Machine", values: Any = ()) -> tuple[Any, ...]:
    return tuple(machine.items(values))


def to_set(machine: "Machine", values: Any = ()) -> set[Any]:
    return machine.set_of(machine.items(values))


def _others(machine: "Machine", several: tuple[Any, ...]) -> list[set[Any]]:
    """What a method of a set is given: sets, whatever the program gives for them."""
    return [values if isinstance(values, set) else to_set(machine, values) for values in several]


def set_method(name: str) -> Callable[..., Any]:
    """A method that compares a set with others."""
    method = getattr(set, name)

    def call(machine: "Machine", values: set[Any], *others: Any) -> Any:
        made = method(values, *_others(machine, others))
        return machine.budget.count_plain(made)

    return call


def union(machine: "Machine", values: set[Any], *others: Any) -> set[Any]:
    made = values.copy()
    update_set(machine, made, *others)
    return made


def update_set(machine: "Machine", values: set[Any], *others: Any) -> None:
    for other in others:
        machine.set_of(machine.items(other), values)
    machine.budget.capped(values)


def to_dict(machine: "Machine", values: Any = (), **named: Any) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    is_mapping = machine.attributes.find(values, "keys") is not MISSING
    if isinstance(values, dict) or is_mapping:
        machine.filled(made, machine.mapping(values).items())
    else:
        pairs = [machine.items(pair) for pair in machine.items(values)]
        for i, pair in enumerate(pairs):
            if len(pair) != 2:
                raise ValueError(
                    f"dictionary update sequence element #{i} has length {len(pair)}; 2 is required"
                )
        machine.filled(made, [(key, value) for key, value in pairs])
    return machine.filled(made, named.items())


def to_ordered(machine: "Machine", values: Any = (), **named: Any) -> Any:
    return OrderedDict(to_dict(machine, values, **named))


def counted(machine: "Machine", *args: Any) -> range:
    made = range(*[size_of(value) for value in args])
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
    return sorted(items, key=machine.callback(key), reverse=bool(reverse))


def total(machine: "Machine", values: Any, start: Any = 0) -> Any:
    for item in machine.items(values):
        start = machine.add(start, item)
    return start


def _extreme(choose: Callable[..., Any]) -> Callable[..., Any]:
    def call(machine: "Machine", *values: Any, key: Any = None, default: Any = MISSING) -> Any:
        items = machine.items(values[0]) if len(values) == 1 else list(values)
        _check_comparing(machine, items)
        options = {} if default is MISSING else {"default": default}
        return choose(items, key=machine.callback(key), **options)

    return call


smallest = _extreme(min)
largest = _extreme(max)


def is_any(machine: "Machine", values: Any) -> bool:
    return any(machine.items(values))


def is_all(machine: "Machine", values: Any) -> bool:
    return all(machine.items(values))


def rounded(machine: "Machine", number: Any, ndigits: Any = None) -> Any:
    if isinstance(number, Tensor):
        options = {} if ndigits is None else {"decimals": ndigits}
        return machine.made(torch.round(number, **options))
    number, ndigits = size_of(number), size_of(ndigits)
    if isinstance(ndigits, int) and abs(ndigits) > 400:
        raise machine.budget.stop("integer_bits", f"round(…, {ndigits})")
    return round(number, ndigits)


def power(machine: "Machine", base: Any, exp: Any, mod: Any = None) -> Any:
    if mod is None:
        return machine.power(base, exp)
    return pow(size_of(base), size_of(exp), size_of(mod))


def is_instance(machine: "Machine", value: Any, classes: Any) -> bool:
    return isinstance(value, machine.class_of(classes))


def is_subclass(machine: "Machine", cls: Any, classes: Any) -> bool:
    return issubclass(machine.class_of(cls), machine.class_of(classes))


def type_of(machine: "Machine", value: Any, *more: Any) -> Any:
    if more:
        raise Refused("call", "type(…, …, …)")
    return machine.entry_of(type(value))


def following(machine: "Machine", iterator: Any, *default: Any) -> Any:
    machine.budget.check_time()
    method = machine.attributes.special(iterator, "__next__")
    if method is not MISSING:
        try:
            return method()
        except StopIteration:
            if default:
                return default[0]
            raise
    if not isinstance(iterator, ITERATORS):
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
        machine.attributes.read(owner, name)
    except AttributeError:
        return False
    return True


def folded(machine: "Machine", function: Any, values: Any, *start: Any) -> Any:
    return functools.reduce(machine.callback(function), machine.items(values), *start)


def exact_total(machine: "Machine", values: Any) -> float:
    return math.fsum(machine.items(values))


def product(machine: "Machine", values: Any, *, start: Any = 1) -> Any:
    for item in machine.items(values):
        start = machine.times(start, item)
    return start


def factorial(machine: "Machine", n: Any) -> int:
    n = size_of(n)
    if isinstance(n, int) and n > 150:
        raise machine.budget.stop("integer_bits", f"factorial({n})")
    return math.factorial(n)


def combinations(machine: "Machine", n: Any, k: Any) -> int:
    n, k = size_of(n), size_of(k)
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
        width = size_of(width)
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
    values.insert(size_of(place), item)


def sort_list(
    machine: "Machine", values: list[Any], *, key: Any = None, reverse: Any = False
) -> None:
    values[:] = ordered(machine, values, key=key, reverse=reverse)


def update_dict(machine: "Machine", values: dict[Any, Any], more: Any = (), **named: Any) -> None:
    machine.filled(values, to_dict(machine, more, **named).items())
    machine.budget.capped(values)


_COPIED = (Tensor, nn.Module, dict, list, tuple, set, bool, int, float, str, type(None))


_COPIED_AS_THEY_ARE: tuple[type[Any], ...] = (
    bool, int, float, complex, str, type(None), range, slice, torch.dtype, torch.device, Function,
    *CALLABLES, type,
)  # fmt: skip


def deep_copy(machine: "Machine", value: Any) -> Any:
    if not isinstance(value, _COPIED) and type(value) not in machine.classes:
        raise Refused("call", f"copy.deepcopy({type(value).__name__})")
    machine.budget.weigh(value)
    held = things_within(value, machine)
    machine.budget.check_bytes(sum(bytes_of(tensor) for tensor in tensors_in(held)))
    copied = copy.deepcopy(value)
    machine.made(tuple(tensors_in(things_within(copied, machine))))
    return copied


def things_within(value: Any, machine: "Machine") -> list[Any]:
    """What a copy of a value copies too: what containers and the program's objects hold.

    Raises:  Refused, for what cannot be counted
    """
    found: list[Any] = []
    seen: set[int] = set()
    queue = [value]
    items = 0
    while queue:
        part = queue.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if len(seen) % 1024 == 0:
            machine.budget.check_time()
        if isinstance(part, dict | list | tuple | set | frozenset):
            items += len(part)
            machine.budget.check_length([], items)
        if isinstance(part, Tensor | nn.Module):
            found.append(part)
            if isinstance(part, nn.Module):
                queue += [value for name, value in part.__dict__.items() if name[0] != "_"]
                queue += [m for m in part.__dict__.get("_modules", {}).values() if m is not None]
        elif isinstance(part, dict):
            queue += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple | set | frozenset):
            queue += part
        elif type(part) in machine.classes:
            queue += part.__dict__.values()
        elif not isinstance(part, _COPIED_AS_THEY_ARE):
            raise Refused("call", f"copy.deepcopy({type(part).__name__})")
    return found


# PyTorch


def set_seed(machine: "Machine", seed: Any) -> torch.Generator:
    return machine.randomness.seed(size_of(seed))


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
    machine.budget.check_paths(module)
    return module.to(*[machine.native(v) for v in args], **options)


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
    return as_array(tensor, force)


def data_pointer(machine: "Machine", tensor: Tensor) -> int:
    return machine.addresses.of_data(tensor)


def once_differentiable(machine: "Machine", function: Any) -> Any:
    """The decorator of a backward that cannot itself be differentiated."""
    if not isinstance(function, UserFunction):
        raise Refused("decorator", "once_differentiable")
    wrapped = torch.autograd.function.once_differentiable(function)

    def call(machine: "Machine", *args: Any) -> Any:
        return wrapped(*args)

    return Bound(machine, Function(call, "special"))


def one_hot(machine: "Machine", tensor: Tensor, num_classes: int = -1) -> Tensor:
    num_classes = size_of(num_classes)
    if isinstance(tensor, Tensor) and tensor.numel():
        classes = num_classes if num_classes > 0 else int(tensor.max()) + 1
        machine.budget.check_elements(tensor.numel() * classes)
    return machine.made(F.one_hot(tensor, num_classes))  # type: ignore[no-any-return]


def repeat_interleave(machine: "Machine", tensor: Tensor, repeats: Any, dim: Any = None) -> Tensor:
    repeats, dim = size_of(repeats), size_of(dim)
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
    gradient, inputs = machine.native(gradient, "bounded"), machine.native(inputs, "bounded")
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
    tensors = machine.native(tensors, "bounded")
    grad_tensors = machine.native(grad_tensors, "bounded")
    inputs = machine.native(inputs, "bounded")
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
    outputs, inputs = machine.native(outputs, "bounded"), machine.native(inputs, "bounded")
    grad_outputs = machine.native(grad_outputs, "bounded")
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
    return machine.made(cls.apply(*[machine.native(value, "holding") for value in args]))


def _of_rows(function: Callable[..., Any], *, square: bool) -> Callable[..., Any]:
    """jacobian makes a row for every output, hessian for every input. Without `vectorize` and
    `strategy`: those make all rows at once, at levels that PyTorch keeps process-wide."""

    def call(
        machine: "Machine", func: Any, inputs: Any, create_graph: bool = False, strict: bool = False
    ) -> Any:
        inputs = machine.native(inputs, "bounded")
        if square:
            _check_rows(machine, sum(tensor.numel() for tensor in tensors_in(inputs)), inputs)
        watched = _watched(machine, func, None if square else inputs)
        with machine.deeper():
            made = function(watched, inputs, create_graph=bool(create_graph), strict=bool(strict))
        return machine.made(made)

    return call


def _of_products(function: Callable[..., Any]) -> Callable[..., Any]:
    """vjp, jvp, hvp and vhp of torch.autograd.functional: a product with a vector v."""

    def call(
        machine: "Machine",
        func: Any,
        inputs: Any,
        v: Any = None,
        create_graph: bool = False,
        strict: bool = False,
    ) -> Any:
        inputs, v = machine.native(inputs, "bounded"), machine.native(v, "bounded")
        watched = _watched(machine, func, None)
        with machine.deeper():
            made = function(watched, inputs, v, bool(create_graph), bool(strict))
        return machine.made(made)

    return call


def _watched(machine: "Machine", func: Any, inputs: Any) -> Callable[..., Any]:
    """The function, with its outputs counted, and the clock looked at at every node of it."""

    def call(*args: Any) -> Any:
        made = machine.native(machine.call_value(func, args, {}), "holding")
        outputs = tensors_in(made)
        if inputs is not None:
            _check_rows(machine, sum(tensor.numel() for tensor in outputs), inputs)
        machine.recorder.watch_nodes(outputs)
        return made

    return call


def _check_rows(machine: "Machine", rows: int, inputs: Any) -> None:
    """A Jacobian has a row an output and a column an input, and each row takes a backward."""
    machine.budget.check_elements(rows * sum(tensor.numel() for tensor in tensors_in(inputs)))
    machine.budget.check_work(rows * 400_000)


jacobian = _of_rows(torch.autograd.functional.jacobian, square=False)
hessian = _of_rows(torch.autograd.functional.hessian, square=True)
vjp = _of_products(torch.autograd.functional.vjp)
jvp = _of_products(torch.autograd.functional.jvp)
hvp = _of_products(torch.autograd.functional.hvp)
vhp = _of_products(torch.autograd.functional.vhp)


def func_jvp(
    machine: "Machine", func: Any, primals: Any, tangents: Any, *, has_aux: bool = False
) -> Any:
    primals, tangents = machine.native(primals, "bounded"), machine.native(tangents, "bounded")
    watched = _watched(machine, func, None)
    load_late_imports(machine.budget)
    with machine.deeper(), exclusive():  # its levels are process-wide
        return machine.made(torch.func.jvp(watched, primals, tangents, has_aux=bool(has_aux)))


def func_vjp(machine: "Machine", func: Any, *primals: Any, has_aux: bool = False) -> Any:
    given = [machine.native(value, "bounded") for value in primals]
    with machine.deeper():
        value, pull_back, *rest = torch.func.vjp(
            _watched(machine, func, None), *given, has_aux=bool(has_aux)
        )
    machine.made(value)

    def pull(machine: "Machine", *cotangents: Any) -> Any:
        return machine.made(pull_back(*[machine.native(v, "bounded") for v in cotangents]))

    return (value, Bound(machine, Function(pull, "special")), *rest)


def _transform(transform: Callable[..., Any]) -> Callable[..., Any]:
    """torch.func.grad and the like: from a function to the function of its gradient."""

    def call(machine: "Machine", func: Any, argnums: Any = 0, has_aux: bool = False) -> Any:
        made = transform(_watched(machine, func, None), argnums=argnums, has_aux=has_aux)

        def differentiated(machine: "Machine", *args: Any, **named: Any) -> Any:
            given = [machine.native(value, "holding") for value in args]
            by_name = {name: machine.native(value, "holding") for name, value in named.items()}
            with machine.deeper():
                return machine.made(made(*given, **by_name))

        return Bound(machine, Function(differentiated, "special"))

    return call


func_grad = _transform(torch.func.grad)
func_grad_and_value = _transform(torch.func.grad_and_value)


def _checked(check: Callable[..., bool]) -> Callable[..., bool]:
    def call(machine: "Machine", func: Any, inputs: Any, *args: Any, **options: Any) -> bool:
        machine.budget.check_work(sum(t.numel() for t in tensors_in(inputs)) ** 2 * 1000)
        with machine.deeper(), machine.randomness.lent():
            return check(_watched(machine, func, inputs), inputs, *args, **options)

    return call


gradcheck = _checked(torch.autograd.gradcheck)
gradgradcheck = _checked(torch.autograd.gradgradcheck)


def optimizer(cls: type) -> Callable[..., Any]:
    def call(machine: "Machine", parameters: Any, *args: Any, **options: Any) -> Any:
        if not isinstance(parameters, Tensor):
            parameters = [_group(machine, item) for item in machine.items(parameters)]
        load_late_imports(machine.budget)
        given = [machine.native(value) for value in args]
        made = cls(parameters, *given, **{k: machine.native(v) for k, v in options.items()})
        check_optimizer(made, machine.budget)
        _check_states(machine, made)
        return made

    return call


def _group(machine: "Machine", item: Any) -> Any:
    """A parameter, or a group of them: a dict whose parameters the interpreter has listed."""
    if not isinstance(item, dict):
        return item
    parameters = item.get("params")
    if parameters is not None and not isinstance(parameters, Tensor):
        item = {**item, "params": machine.items(parameters)}
    return item


def _check_states(machine: "Machine", owner: Any) -> None:
    """Moments and the like: at most three more of every parameter, and LBFGS keeps a history."""
    count = 0
    for group in owner.param_groups:
        more = 3 + 2 * group.get("history_size", 0)
        count += more * sum(bytes_of(tensor) for tensor in group["params"])
    machine.budget.check_bytes(count)


def add_param_group(machine: "Machine", owner: Any, group: Any) -> None:
    owner.add_param_group(_group(machine, group))
    check_optimizer(owner, machine.budget)
    _check_states(machine, owner)


_STEPS_A_PARAMETER = 200_000  # a dozen small operations, out of reach of the clock


def optimizer_step(machine: "Machine", owner: Any, closure: Any = None) -> Any:
    check_optimizer(owner, machine.budget)
    count = sum(len(group["params"]) for group in owner.param_groups)
    machine.budget.check_work(count * _STEPS_A_PARAMETER)
    if closure is None:
        return owner.step()

    def watched() -> Any:
        machine.budget.check_time()
        made = machine.native(machine.call_value(closure, (), {}))
        check_optimizer(owner, machine.budget)  # the closure can reach it too
        return made

    return owner.step(watched)


def lambda_lr(machine: "Machine", owner: Any, lr_lambda: Any, last_epoch: int = -1) -> Any:
    several = isinstance(lr_lambda, list | tuple)
    calls: Any = (
        [machine.callback(item) for item in lr_lambda] if several else machine.callback(lr_lambda)
    )
    return LambdaLR(owner, calls, last_epoch)


_WIDEST = 8  # bytes of a number
_COMPARING = 20  # what comparing a pair by assert_close counts for


def load_optimizer_state(machine: "Machine", owner: Any, state_dict: Any) -> Any:
    """optimizer.load_state_dict: what it holds is copied, and turned into the parameter's type."""
    state_dict = machine.native(state_dict)
    taken = sum(max(bytes_of(t), _WIDEST * t.numel()) for t in tensors_in(state_dict))
    machine.budget.check_bytes(taken)
    return owner.load_state_dict(state_dict)


def assert_close(machine: "Machine", actual: Any, expected: Any, **options: Any) -> None:
    """torch.testing.assert_close, which takes a while for every pair in two lists."""
    given = {name: machine.native(value) for name, value in options.items()}
    pairs = _numbers_within(machine.native(actual))
    if pairs > 1:
        machine.budget.check_length([], _COMPARING * pairs)
    torch.testing.assert_close(actual, machine.native(expected), **given)


def _numbers_within(values: Any) -> int:
    if not isinstance(values, list | tuple | dict):
        return 1
    return sum(map(_numbers_within, values.values() if isinstance(values, dict) else values))


# Hooks


def saved_tensors_hooks(machine: "Machine", pack_hook: Any, unpack_hook: Any) -> Any:
    machine.recorder.read_saved = False
    packed, unpacked = packing(machine.callback(pack_hook), machine.callback(unpack_hook))
    return torch.autograd.graph.saved_tensors_hooks(packed, unpacked)


def tensor_hook(machine: "Machine", tensor: Tensor, hook: Any) -> Any:
    return tensor.register_hook(guarded(machine.callback(hook)))


def accumulate_hook(machine: "Machine", tensor: Tensor, hook: Any) -> Any:
    return tensor.register_post_accumulate_grad_hook(machine.callback(hook))


def node_hook(machine: "Machine", node: Any, fn: Any) -> Any:
    return node.register_hook(guarded(machine.callback(fn)))


def node_pre_hook(machine: "Machine", node: Any, fn: Any) -> Any:
    return node.register_prehook(guarded(machine.callback(fn)))


def forward_hook(machine: "Machine", module: nn.Module, hook: Any, *, prepend: Any = False) -> Any:
    return module.register_forward_hook(machine.callback(hook), prepend=bool(prepend))


def forward_pre_hook(
    machine: "Machine", module: nn.Module, hook: Any, *, prepend: Any = False
) -> Any:
    call = machine.callback(hook)

    def judged(owner: nn.Module, args: Any) -> Any:
        """The arguments that a hook puts in place of others have not been judged yet, nor has
        what it does to the module."""
        made = call(owner, args)
        if isinstance(owner, Sequential) or machine.has_own_forward(type(owner)):
            return made
        given = args if made is None else made if isinstance(made, tuple) else (made,)
        ready, _ = machine.ready_for(owner, given, {})
        return None if made is None else ready

    return module.register_forward_pre_hook(judged, prepend=bool(prepend))


def backward_hook(machine: "Machine", module: nn.Module, hook: Any, prepend: Any = False) -> Any:
    guard = guarded(machine.callback(hook))
    return module.register_full_backward_hook(guard, prepend=bool(prepend))


# Modules


_TRUNCATED = Function(nn.init.trunc_normal_, "drawing")
_STEPS_A_TRIAL = 20


def truncated_normal(
    machine: "Machine", tensor: Tensor, mean: Any = 0.0, std: Any = 1.0, a: Any = -2.0, b: Any = 2.0
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
            machine.budget.check_work(int(tensor.numel() * rounds * _STEPS_A_TRIAL))
    return machine.call(_TRUNCATED, (tensor, *bounds), {})


def register_buffer(
    machine: "Machine", module: nn.Module, name: Any, tensor: Any, persistent: Any = True
) -> None:
    machine.attributes.check_name(module, name, tensor)
    module.register_buffer(name, machine.native(tensor), persistent=bool(persistent))


def register_parameter(machine: "Machine", module: nn.Module, name: Any, param: Any) -> None:
    machine.attributes.check_name(module, name, param)
    module.register_parameter(name, machine.native(param))


def add_module(machine: "Machine", owner: nn.Module, name: Any, module: Any) -> None:
    machine.attributes.check_name(owner, name, module)
    owner.add_module(name, machine.native(module, "module"))
    machine.budget.check_paths(owner)


def apply_to_modules(machine: "Machine", module: nn.Module, fn: Any) -> nn.Module:
    machine.budget.check_paths(module)
    return module.apply(machine.callback(fn))


def module_at(machine: "Machine", module: nn.Module, target: Any) -> Any:
    found: Any = module
    for name in str(target).split(".") if target else ():
        found = machine.attributes.find(found, name)
        if not isinstance(found, nn.Module):
            raise AttributeError(f"{type(module).__name__} has no attribute `{name}`")
    return found


def parameter_at(machine: "Machine", module: nn.Module, target: Any) -> Any:
    path, _, name = str(target).rpartition(".")
    found = machine.attributes.find(module_at(machine, module, path), name)
    if not isinstance(found, nn.Parameter):
        raise AttributeError(f"`{name}` is not an nn.Parameter")
    return found


def state_of(
    machine: "Machine", module: nn.Module, *, prefix: str = "", keep_vars: Any = False
) -> Any:
    machine.budget.check_paths(module)
    return module.state_dict(prefix=str(prefix), keep_vars=bool(keep_vars))


def load_state(machine: "Machine", module: nn.Module, state_dict: Any, strict: Any = True) -> Any:
    machine.budget.check_paths(module)
    return module.load_state_dict(machine.native(state_dict), strict=bool(strict))


def forward_of(machine: "Machine", module: nn.Module, *args: Any, **options: Any) -> Any:
    """module.forward(…), around its hooks."""
    return machine.call_native_module(module, type(module).forward, args, options)
