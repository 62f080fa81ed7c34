"""run(source): execute a small PyTorch program safely, and keep what each statement did.

An interpreter over Python's own syntax tree. It knows the node types below and no others, and
reaches values only through core.allowed. The arithmetic, the printing, the graph and the
exceptions are Python's and PyTorch's own.
"""

import ast
import builtins
import operator
import re
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core import allowed
from core.allowed import Function, Namespace
from core.errors import LimitReached, Refused
from core.trace import RecordedGraph
from core.views import BackwardGraph, Failure, Run, Statement, View, name_of, views_of


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run may take; reaching one stops the run at that line.

    source_chars, nesting    length of the text; depth of its syntax tree
    statements               executed, not written
    elements                 in one tensor
    total_bytes              of all tensors made during the run
    printed_chars            written by print
    text_chars, integer_bits of one string, list or whole number
    seconds                  of wall time, checked between operations
    """

    source_chars: int = 20_000
    nesting: int = 60
    statements: int = 10_000
    elements: int = 1_000_000
    total_bytes: int = 256 * 2**20
    printed_chars: int = 100_000
    text_chars: int = 10_000
    integer_bits: int = 256
    seconds: float = 5.0


DEFAULT = Limits()

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


def run(source: str, limits: Limits = DEFAULT) -> Run:
    """Execute a program and keep what it did. Never raises for what the program does.

    The caller's grad mode, the default generator and every other process-wide setting are
    left alone; torch.manual_seed seeds a generator of this run's own.
    """
    machine = _Machine(limits)
    failure = None
    try:
        body = _parse(source, limits)
        # A run starts as a fresh Python process would, whatever the calling thread is doing.
        with torch.inference_mode(False), torch.enable_grad():
            machine.execute(body)
    except SyntaxError as error:
        failure = Failure(
            error.lineno or 1, error.offset or 1, "SyntaxError", error.msg, kind="syntax"
        )
    except Refused as error:
        failure = machine.failure(error, error.subject, "refused", error.key)
    except LimitReached as error:
        failure = machine.failure(error, error.subject, "limit", error.key)
    except Exception as error:
        failure = machine.failure(error, str(error), "torch")
    kept = machine.finish(source, failure)
    machine.let_go()
    return kept


def _parse(source: str, limits: Limits) -> list[ast.stmt]:
    """Python's own parser, then a walk that keeps later recursion within bounds."""
    if len(source) > limits.source_chars:
        raise LimitReached("source_chars", f"{len(source):,}")
    try:
        module = ast.parse(source)
    except (MemoryError, RecursionError) as error:  # the parser's own answers to deep nesting
        raise LimitReached("nesting", "…") from error
    except ValueError as error:  # null bytes
        raise SyntaxError(str(error), ("", 1, 1, "")) from error
    layer: list[ast.AST] = [module]
    for _ in range(limits.nesting):
        layer = [child for node in layer for child in ast.iter_child_nodes(node)]
        if not layer:
            return module.body
    raise LimitReached("nesting", f"{limits.nesting}")


@dataclass(slots=True)
class _Draft:
    """A Statement whose node ids are not known yet: the graph is numbered at the end."""

    node: ast.stmt
    assigned: Mapping[str, View]
    printed: str
    recorded: list[Any]
    backwards: range


class _Machine:
    """The state of one run."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.variables: dict[str, Any] = {}
        self.generator = torch.Generator()
        self.drafts: list[_Draft] = []
        self.printed: list[str] = []
        self.printed_chars = 0
        self.made_bytes = 0
        self.line_of: dict[Any, int] = {}  # grad_fn → line; holding a node keeps its identity
        self.leaf_line: dict[int, int] = {}  # id(tensor) → line; variables keep them alive
        self.latest: Any = None  # grad_fn of the last tensor assigned with one
        self.backwards: list[tuple[RecordedGraph, BackwardGraph]] = []
        self.at: ast.AST | None = None

    # Statements

    def execute(self, body: list[ast.stmt]) -> None:
        for node in body:
            self.at = node
            self.check_time()
            if isinstance(node, ast.With):
                self.execute_with(node)
            else:
                self.execute_simple(node)

    def execute_simple(self, node: ast.stmt) -> None:
        if len(self.drafts) >= self.limits.statements:
            raise LimitReached("statements", f"{self.limits.statements:,}")
        before = len(self.printed)
        passes = len(self.backwards)
        names: list[str] = []
        try:
            match node:
                case ast.Import() | ast.ImportFrom():
                    self.do_import(node)
                case ast.Assign():
                    value = self.evaluate(node.value)
                    names = [name for target in node.targets for name in self.bind(target, value)]
                case ast.AugAssign(target=ast.Name(id=name), op=op, value=right):
                    names = [name]
                    self.variables[name] = self.augmented(op, self.load(name), right, node)
                case ast.Expr():
                    self.evaluate(node.value)
                case ast.Pass():
                    pass
                case _:
                    raise Refused("statement", type(node).__name__)
        finally:
            assigned = {name: self.variables[name] for name in names}
            recorded = self.note_recorded(assigned, node.lineno)
            self.drafts.append(
                _Draft(
                    node,
                    _views_of_data(assigned),
                    "".join(self.printed[before:]),
                    recorded,
                    range(passes, len(self.backwards)),
                )
            )

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
        return self.capped(node.value)

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
        return self.capped(tuple(items) if isinstance(node, ast.Tuple) else items)

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
        self.foresee_size(op, left, right)
        return self.capped(call(left, right))

    def augmented(self, op: ast.operator, left: Any, right: ast.expr, at: ast.AST) -> Any:
        value = self.evaluate(right)
        self.at = at
        if not isinstance(left, Tensor):
            return self.binary(op, left, value)
        if type(op) not in _IN_PLACE:
            raise Refused("operator", f"{type(op).__name__}=")
        return self.call(Function(_IN_PLACE[type(op)], "compute"), (left, value), {})

    def foresee_size(self, op: ast.operator, left: Any, right: Any) -> None:
        """Stop before a plain operation makes something enormous."""
        if isinstance(left, str) and isinstance(op, ast.Mod):
            raise Refused("operator", "str %")
        if isinstance(op, ast.Mult):
            for sequence, times in ((left, right), (right, left)):
                if isinstance(sequence, str | list | tuple) and isinstance(times, int):
                    if len(sequence) * times > self.limits.text_chars:
                        raise LimitReached("text_chars", f"{len(sequence) * times:,}")
        if isinstance(op, ast.Pow) and isinstance(left, int) and isinstance(right, int):
            if left.bit_length() * right > self.limits.integer_bits:
                raise LimitReached("integer_bits", f"{left}**{right}")

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
        return str(self.capped("".join(self.evaluate(part) for part in node.values)))

    def on_formatted(self, node: ast.FormattedValue) -> str:
        value = self.evaluate(node.value)
        spec = "" if node.format_spec is None else self.evaluate(node.format_spec)
        self.at = node
        # A width is a size: f"{1:999999999}" would fill the memory.
        if any(len(digits) > 3 for digits in re.findall(r"\d+", spec)):
            raise LimitReached("text_chars", spec)
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
        self.check_time()
        if function is _PRINT:
            return self.do_print(*args, **kwargs)
        match function.kind:
            case "create" | "random" | "compute":
                return self.make(function, args, kwargs)
            case "inspect":
                return self.capped(function.call(*args, **kwargs))
            case "seed":
                self.generator.manual_seed(*args)
                return None
            case "backward":
                return self.do_backward(*args, **kwargs)
            case _:
                raise Refused("call", "with")

    def make(self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Make a tensor, once its size is known to be allowed."""
        self.foresee_elements(function, args, kwargs)
        if function.kind == "random":
            kwargs = kwargs | {"generator": self.generator}
        made = function.call(*args, **kwargs)
        if isinstance(made, Tensor):
            self.made_bytes += made.numel() * made.element_size()
            if self.made_bytes > self.limits.total_bytes:
                raise LimitReached("total_bytes", f"{self.made_bytes:,}")
        return made

    def foresee_elements(
        self, function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Ask the meta device for the shape of the result: it takes no memory."""
        if function.call is torch.tensor:
            return  # its argument is a literal already held
        options = dict(kwargs) if function.kind == "compute" else kwargs | {"device": "meta"}
        try:
            with torch.no_grad():
                twin = function.call(
                    *(_meta(value) for value in args),
                    **{name: _meta(value) for name, value in options.items()},
                )
        except NotImplementedError as error:
            raise Refused("call", getattr(function.call, "__name__", "?")) from error
        except Exception:
            return  # the real call fails the same way, in PyTorch's own words
        if isinstance(twin, Tensor) and twin.numel() > self.limits.elements:
            raise LimitReached("elements", f"{twin.numel():,}")

    def do_print(self, *values: Any, sep: Any = None, end: Any = None) -> None:
        if any(isinstance(value, Namespace | Function) for value in values):
            raise Refused("call", "print")
        text = (" " if sep is None else str(sep)).join(str(value) for value in values)
        text += "\n" if end is None else str(end)
        self.printed_chars += len(text)
        if self.printed_chars > self.limits.printed_chars:
            raise LimitReached("printed_chars", f"{self.printed_chars:,}")
        self.printed.append(text)

    def do_backward(
        self, tensor: Tensor, gradient: Any = None, retain_graph: Any = None
    ) -> None:
        if tensor.grad_fn is None or (gradient is None and tensor.numel() != 1):
            # Nothing to trace: PyTorch says why, or fills a leaf's own .grad.
            tensor.backward(gradient, retain_graph=retain_graph)
            return
        graph = self.recorded_graph(tensor.grad_fn)
        with graph.listening():
            tensor.backward(gradient, retain_graph=retain_graph)
        self.backwards.append((graph, graph.view()))

    # What is kept

    def recorded_graph(self, root: Any) -> RecordedGraph:
        tensors = {
            name: value for name, value in self.variables.items() if isinstance(value, Tensor)
        }
        return RecordedGraph(root, tensors, self.line_of)

    def note_recorded(self, assigned: Mapping[str, Any], line: int) -> list[Any]:
        """The nodes that are new behind the variables just set."""
        new: list[Any] = []
        for value in assigned.values():
            if not isinstance(value, Tensor):
                continue
            if value.grad_fn is None:
                self.leaf_line[id(value)] = line
                continue
            self.latest = value.grad_fn
            queue = [value.grad_fn]
            for node in queue:
                if node is None or node in self.line_of:
                    continue
                leaf = node.variable if name_of(node) == "AccumulateGrad" else None
                self.line_of[node] = self.leaf_line.get(id(leaf), line)
                new.append(node)
                queue += [following for following, _ in node.next_functions]
        return new

    def capped(self, value: Any) -> Any:
        """A plain value that is small enough to go on with."""
        if isinstance(value, int) and value.bit_length() > self.limits.integer_bits:
            raise LimitReached("integer_bits", f"{value.bit_length():,}")
        if isinstance(value, str | list | tuple) and self.weight(value) > self.limits.text_chars:
            raise LimitReached("text_chars", f"{self.limits.text_chars:,}")
        return value

    def weight(self, value: Any) -> int:
        """Characters and items in a value, those of nested lists counted each time they appear.

        Sixty lists of two, each holding the one before twice, would print as 2**60 items.
        Parts were weighed when they were made, so this looks at few more than the cap allows.
        """
        if isinstance(value, str):
            return len(value)
        if not isinstance(value, list | tuple):
            return 1
        total = 1
        for item in value:
            total += self.weight(item)
            if total > self.limits.text_chars:
                break
        return total

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise LimitReached("seconds", f"{self.limits.seconds:g}")

    def failure(self, error: Exception, message: str, kind: Any, key: str = "") -> Failure:
        line, column = getattr(self.at, "lineno", 1), getattr(self.at, "col_offset", 0) + 1
        return Failure(line, column, type(error).__name__, message, kind, key)

    def finish(self, source: str, failure: Failure | None) -> Run:
        """Number the last graph, and give every statement the ids of what it recorded."""
        live, graph = next(
            ((live, graph) for live, graph in reversed(self.backwards) if live.root is self.latest),
            (None, None),
        )
        if live is None and self.latest is not None:
            live = self.recorded_graph(self.latest)
            graph = live.view()
        ids = live.ids if live else {}
        return Run(
            source=source,
            statements=tuple(
                Statement(
                    draft.node.lineno,
                    draft.node.end_lineno or draft.node.lineno,
                    draft.assigned,
                    draft.printed,
                    tuple(sorted(ids[node] for node in draft.recorded if node in ids)),
                    tuple(draft.backwards),
                )
                for draft in self.drafts
            ),
            variables=_views_of_data(self.variables),
            printed="".join(self.printed),
            backwards=tuple(view for _, view in self.backwards),
            graph=graph,
            error=failure,
        )

    def let_go(self) -> None:
        """Free the graph from its newest node on: the other way round, a long chain would be
        freed by recursion in C++ (see RecordedGraph)."""
        self.variables.clear()
        self.backwards.clear()
        self.latest = None
        while self.line_of:
            self.line_of.popitem()


_PYTHON_BUILTINS = frozenset(dir(builtins))


def _views_of_data(values: Mapping[str, Any]) -> Mapping[str, View]:
    """Views of everything but modules and functions, which are ours and not the program's."""
    return views_of(
        {
            name: value
            for name, value in values.items()
            if not isinstance(value, Namespace | Function)
        }
    )


def _is_node(value: Any) -> bool:
    return isinstance(value, torch.autograd.graph.Node)


def _meta(value: Any) -> Any:
    """A tensor's twin that has its shape and type but no memory; anything else as it is."""
    return value.to("meta") if isinstance(value, Tensor) else value
