"""An interpreter over Python's own syntax tree, for the language that autograd tutorials use.

It knows the node types below and no others, and reaches values only through core.allowed. The
arithmetic, the printing, the graph and the exceptions are Python's and PyTorch's own.
"""

import ast
import builtins
import operator
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor

from core import allowed
from core.allowed import Function, Namespace
from core.errors import Refused
from core.limits import Budget, Limits
from core.recorder import Recorder
from core.views import Failure

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
}
# On a tensor `z += 1` writes into z's own memory; on anything else it rebinds the name.
_IN_PLACE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.iadd,
    ast.Sub: operator.isub,
    ast.Mult: operator.imul,
    ast.Div: operator.itruediv,
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_CONVERSIONS: dict[int, Callable[[Any], Any]] = {
    -1: lambda value: value,
    ord("s"): str,
    ord("r"): repr,
    ord("a"): ascii,
}
_PRINT = Function(print, "inspect", frozenset({"sep", "end"}))
_BUILTINS: dict[str, Function] = {
    "print": _PRINT,
    "len": Function(len, "inspect"),
    "float": Function(float, "inspect"),
    "int": Function(int, "inspect"),
}
_PYTHON_BUILTINS = frozenset(dir(builtins))


class Interpreter:
    """Executes statements; what they do is in .recorder."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget(limits)
        self.recorder = Recorder()
        self.variables = self.recorder.variables
        self.generator = torch.Generator()
        self.at: ast.AST | None = None

    def failure(self, error: Exception, message: str, kind: Any, key: str = "") -> Failure:
        """The failure at the place where execution stands."""
        line, column = getattr(self.at, "lineno", 1), getattr(self.at, "col_offset", 0) + 1
        return Failure(line, column, type(error).__name__, message, kind, key)

    # Statements

    def execute(self, body: list[ast.stmt]) -> None:
        for node in body:
            self.at = node
            if isinstance(node, ast.With):
                self.execute_with(node)
            else:
                self.budget.count_statement()
                with self.recorder.statement(node) as names:
                    names += self.execute_simple(node)

    def execute_simple(self, node: ast.stmt) -> list[str]:
        """Execute a statement without a body; the names it assigned."""
        match node:
            case ast.Import() | ast.ImportFrom():
                self.do_import(node)
            case ast.Assign():
                value = self.evaluate(node.value)
                return [name for target in node.targets for name in self.bind(target, value)]
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=right):
                self.variables[name] = self.augmented(op, self.load(name), right, node)
                return [name]
            case ast.Expr():
                self.evaluate(node.value)
            case ast.Pass():
                pass
            case _:
                raise Refused("statement", type(node).__name__)
        return []

    def execute_with(self, node: ast.With) -> None:
        with ExitStack() as stack:
            for item in node.items:
                if item.optional_vars is not None or not isinstance(item.context_expr, ast.Call):
                    raise Refused("statement", "With")
                function = self.evaluate(item.context_expr.func)
                if not (isinstance(function, Function) and function.kind == "context"):
                    raise Refused("statement", "With")
                args, kwargs = self.arguments(item.context_expr, function)
                stack.enter_context(function.call(*args, **kwargs))
            self.execute(node.body)

    def do_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                path = f"{node.module}.{alias.name}"
                known = not node.level and path in allowed.MODULES
                name = alias.asname or alias.name
            else:
                path, known = alias.name, alias.name in allowed.MODULES
                name = alias.asname or alias.name.partition(".")[0]
                if alias.asname is None:  # `import torch.nn` binds torch
                    path = name if known else path
            if not known:
                raise Refused("import", path)
            self.variables[name] = Namespace(path)

    def bind(self, target: ast.expr, value: Any) -> list[str]:
        """Assign to a name, or to several at once; the names it set."""
        match target:
            case ast.Name(id=name):
                self.variables[name] = value
                return [name]
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                values = list(self.unpacked(value))
                if len(values) != len(targets):
                    raise ValueError(
                        f"cannot unpack {len(values)} values into {len(targets)} names"
                    )
                return [
                    name
                    for part, item in zip(targets, values, strict=True)
                    for name in self.bind(part, item)
                ]
            case _:
                raise Refused("assignment", ast.unparse(target))

    def unpacked(self, value: Any) -> Any:
        if isinstance(value, tuple | list | str):
            return value
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")

    # Expressions

    def evaluate(self, node: ast.expr) -> Any:
        handler = self.HANDLERS.get(type(node))
        if handler is None:
            self.at = node
            raise Refused("expression", type(node).__name__)
        return handler(self, node)

    def on_constant(self, node: ast.Constant) -> Any:
        if isinstance(node.value, bytes | complex):
            raise Refused("expression", type(node.value).__name__)
        return self.budget.capped(node.value)

    def on_name(self, node: ast.Name) -> Any:
        self.at = node
        return self.load(node.id)

    def load(self, name: str) -> Any:
        if name in self.variables:
            return self.variables[name]
        if name in _BUILTINS:
            return _BUILTINS[name]
        if name in _PYTHON_BUILTINS:
            raise Refused("name", name)
        raise NameError(f"name {name!r} is not defined")

    def on_sequence(self, node: ast.Tuple | ast.List) -> Any:
        items = [self.evaluate(item) for item in node.elts]
        return self.budget.capped(tuple(items) if isinstance(node, ast.Tuple) else items)

    def on_attribute(self, node: ast.Attribute) -> Any:
        owner = self.evaluate(node.value)
        self.at = node
        if isinstance(owner, Namespace):
            path = f"{owner.path}.{node.attr}"
            if path in allowed.MODULES:
                return Namespace(path)
            found: Any = allowed.FUNCTIONS.get(path, allowed.CONSTANTS.get(path))
            if found is None:
                raise Refused("name", path)
            return found
        getters = self.table(owner, allowed.TENSOR_ATTRIBUTES, allowed.NODE_ATTRIBUTES)
        if node.attr not in getters:
            self.missing(owner, node.attr)
        return getters[node.attr](owner)

    def table(self, owner: Any, for_tensors: Any, for_nodes: Any) -> Any:
        if isinstance(owner, Tensor):
            return for_tensors
        return for_nodes if _is_node(owner) else {}

    def missing(self, owner: Any, name: str) -> None:
        """An attribute that None lacks is the learner's AttributeError; others we left out."""
        if owner is None:
            raise AttributeError(f"'NoneType' object has no attribute {name!r}")
        raise Refused("attribute", f"{type(owner).__name__}.{name}")

    def on_call(self, node: ast.Call) -> Any:
        owner: tuple[Any, ...] = ()
        if isinstance(node.func, ast.Attribute):
            receiver = self.evaluate(node.func.value)
            if isinstance(receiver, Namespace):
                function = self.evaluate(node.func)
            else:
                self.at = node.func
                methods = self.table(receiver, allowed.TENSOR_METHODS, allowed.NODE_METHODS)
                if node.func.attr not in methods:
                    self.missing(receiver, node.func.attr)
                owner, function = (receiver,), methods[node.func.attr]
        else:
            function = self.evaluate(node.func)
        if not isinstance(function, Function):
            self.at = node
            raise Refused("call", ast.unparse(node.func))
        args, kwargs = self.arguments(node, function)
        self.at = node
        return self.call(function, (*owner, *args), kwargs)

    def arguments(self, node: ast.Call, function: Function) -> tuple[list[Any], dict[str, Any]]:
        for keyword in node.keywords:
            if keyword.arg not in function.keywords:
                self.at = node
                raise Refused("keyword", f"{ast.unparse(node.func)}({keyword.arg}=…)")
        args = [self.evaluate(item) for item in node.args]
        return args, {str(item.arg): self.evaluate(item.value) for item in node.keywords}

    def on_binary(self, node: ast.BinOp) -> Any:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        self.at = node
        return self.binary(node.op, left, right)

    def binary(self, op: ast.operator, left: Any, right: Any) -> Any:
        call = _BINARY.get(type(op))
        if call is None:
            raise Refused("operator", type(op).__name__)
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            return self.call(Function(call, "compute"), (left, right), {})
        self.budget.foresee_plain(op, left, right)
        return self.budget.capped(call(left, right))

    def augmented(self, op: ast.operator, left: Any, right: ast.expr, at: ast.AST) -> Any:
        value = self.evaluate(right)
        self.at = at
        if not isinstance(left, Tensor):
            return self.binary(op, left, value)
        if type(op) not in _IN_PLACE:
            raise Refused("operator", f"{type(op).__name__}=")
        return self.call(Function(_IN_PLACE[type(op)], "compute"), (left, value), {})

    def on_unary(self, node: ast.UnaryOp) -> Any:
        value = self.evaluate(node.operand)
        self.at = node
        call = _UNARY.get(type(node.op))
        if call is None:
            raise Refused("operator", type(node.op).__name__)
        if isinstance(value, Tensor) and call is not operator.not_:
            return self.call(Function(call, "compute"), (value,), {})
        return call(value)

    def on_compare(self, node: ast.Compare) -> Any:
        if len(node.ops) != 1 or type(node.ops[0]) not in _COMPARE:
            raise Refused("operator", " ".join(type(op).__name__ for op in node.ops))
        left, right = self.evaluate(node.left), self.evaluate(node.comparators[0])
        self.at = node
        call = _COMPARE[type(node.ops[0])]
        identity = call in (operator.is_, operator.is_not)
        if not identity and (isinstance(left, Tensor) or isinstance(right, Tensor)):
            return self.call(Function(call, "compute"), (left, right), {})
        return call(left, right)

    def on_subscript(self, node: ast.Subscript) -> Any:
        owner, index = self.evaluate(node.value), self.evaluate(node.slice)
        self.at = node
        if isinstance(owner, Tensor):
            return self.call(Function(operator.getitem, "compute"), (owner, index), {})
        if isinstance(owner, tuple | list | str):
            return owner[index]
        raise TypeError(f"{type(owner).__name__!r} object is not subscriptable")

    def on_slice(self, node: ast.Slice) -> slice:
        parts = (node.lower, node.upper, node.step)
        return slice(*(None if part is None else self.evaluate(part) for part in parts))

    def on_fstring(self, node: ast.JoinedStr) -> str:
        return str(self.budget.capped("".join(self.evaluate(part) for part in node.values)))

    def on_formatted(self, node: ast.FormattedValue) -> str:
        value = self.evaluate(node.value)
        spec = "" if node.format_spec is None else self.evaluate(node.format_spec)
        self.at = node
        self.budget.foresee_format(spec)
        return format(_CONVERSIONS[node.conversion](value), spec)

    HANDLERS: Mapping[type, Callable[..., Any]] = {
        ast.Attribute: on_attribute,
        ast.BinOp: on_binary,
        ast.Call: on_call,
        ast.Compare: on_compare,
        ast.Constant: on_constant,
        ast.FormattedValue: on_formatted,
        ast.JoinedStr: on_fstring,
        ast.List: on_sequence,
        ast.Name: on_name,
        ast.Slice: on_slice,
        ast.Subscript: on_subscript,
        ast.Tuple: on_sequence,
        ast.UnaryOp: on_unary,
    }

    # Calls

    def call(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.budget.check_time()
        if function is _PRINT:
            return self.do_print(*args, **kwargs)
        match function.kind:
            case "create" | "random" | "compute":
                return self.make(function, args, kwargs)
            case "inspect":
                return self.budget.capped(function.call(*args, **kwargs))
            case "seed":
                self.generator.manual_seed(*args)
                return None
            case "backward":
                return self.do_backward(*args, **kwargs)
            case _:
                raise Refused("call", "with")

    def make(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make a tensor, once its size is known to be allowed."""
        self.budget.foresee_elements(function, args, kwargs)
        if function.kind == "random":
            kwargs = kwargs | {"generator": self.generator}
        made = function.call(*args, **kwargs)
        if isinstance(made, Tensor):
            self.budget.count_made(made)
        return made

    def do_print(self, *values: Any, sep: Any = None, end: Any = None) -> None:
        if any(isinstance(value, Namespace | Function) for value in values):
            raise Refused("call", "print")
        text = (" " if sep is None else str(sep)).join(str(value) for value in values)
        text += "\n" if end is None else str(end)
        self.budget.count_printed(text)
        self.recorder.write(text)

    def do_backward(self, tensor: Tensor, gradient: Any = None, retain_graph: Any = None) -> None:
        self.recorder.backward(tensor, gradient, retain_graph)


def _is_node(value: Any) -> bool:
    return isinstance(value, torch.autograd.graph.Node)
