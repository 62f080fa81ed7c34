"""What is worked out once about a program's syntax tree, before it runs: private names of classes,
which imports are tried only, and which functions and statements contain a `yield`."""

import ast
from collections.abc import Iterator
from typing import Any

from autograd_explorer.errors import Refused

Function = ast.FunctionDef | ast.Lambda
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
YIELDS = (ast.Yield, ast.YieldFrom)


def prepare(module: ast.Module) -> None:
    """Write `__name` inside a class as `_Class__name`, as Python does. A tree may be prepared more
    than once: nothing changes the second time."""
    queue: list[tuple[ast.AST, str]] = [(module, "")]
    while queue:
        node, around = queue.pop()
        if around:
            _mangle(node, around)
        if isinstance(node, ast.Try) and any(map(_catches_import, node.handlers)):
            for statement in node.body:
                statement.is_guarded = True  # type: ignore[attr-defined]
        inner = node.name.lstrip("_") if isinstance(node, ast.ClassDef) else around
        queue += [(child, inner) for child in ast.iter_child_nodes(node)]


def _catches_import(handler: ast.ExceptHandler) -> bool:
    """Whether a handler is there for a package that is missing."""
    named = [] if handler.type is None else ast.walk(handler.type)
    wanted = ("ImportError", "ModuleNotFoundError")
    return any(isinstance(part, ast.Name) and part.id in wanted for part in named)


def _mangle(node: ast.AST, around: str) -> None:
    match node:
        case ast.Attribute(attr=name) if _is_mangled(name):
            node.attr = f"_{around}{name}"
        case ast.Name(id=name) if _is_mangled(name):
            node.id = f"_{around}{name}"
        case ast.FunctionDef(name=name) if _is_mangled(name):
            node.name = f"_{around}{name}"


def _is_mangled(name: str) -> bool:
    return name.startswith("__") and not name.endswith("__")


def yields(node: ast.AST) -> bool:
    """Whether a function, or a statement of one, contains a `yield` of its own."""
    known = getattr(node, "holds_yield", None)
    if known is None:
        known = any(isinstance(part, YIELDS) for part in _within(node))
        node.holds_yield = known  # type: ignore[attr-defined]
    return bool(known)


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or statement, without those of the scopes that it opens in turn."""
    body = node.body if isinstance(node, Function) else node
    queue: list[ast.AST] = list(body) if isinstance(body, list) else [body]
    while queue:
        part = queue.pop()
        yield part
        if not isinstance(part, _SCOPES):
            queue += ast.iter_child_nodes(part)


# How the names begin under which a generator keeps what was sent in, which no program can write.
SENT = "yield "


def nested_yields(node: ast.stmt) -> list[ast.Yield | ast.YieldFrom]:
    """Each `yield` inside the expressions of a statement, in the order in which they are reached.

    Raises:  Refused, where something that could tell comes before a `yield`, or only sometimes one
    """
    found: list[ast.Yield | ast.YieldFrom] = []
    match node:
        case ast.Expr(value=value) | ast.Return(value=value) | ast.AnnAssign(value=value):
            parts = [value]
        case ast.Assign(value=value, targets=targets):
            parts = [value, *targets]
        case ast.AugAssign(target=ast.Name(), value=value):
            parts = [value]
        case _:
            parts = [None]
    for part in parts:
        _collect(part, found, node)
    return found


def _collect(part: Any, found: list[ast.Yield | ast.YieldFrom], node: ast.stmt) -> None:
    refused = Refused("expression", f"{type(node).__name__}(… yield …)")
    if part is None:
        raise refused
    if isinstance(part, YIELDS):
        if part.value is not None and yields(part.value):
            raise refused
        found.append(part)
        return
    match part:
        case ast.Call(func=func, args=args, keywords=keywords):
            inner = [func, *args, *[keyword.value for keyword in keywords]]
        case ast.BinOp(left=left, right=right):
            inner = [left, right]
        case ast.Compare(left=left, comparators=[right]):
            inner = [left, right]
        case ast.UnaryOp(operand=value) | ast.Attribute(value=value) | ast.Starred(value=value):
            inner = [value]
        case ast.Subscript(value=value, slice=index):
            inner = [value, index]
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            inner = list(elts)
        case ast.JoinedStr(values=values):
            inner = list(values)
        case ast.FormattedValue(value=value, format_spec=None) | ast.NamedExpr(value=value):
            inner = [value]
        case ast.BoolOp(values=[first, *others]) if not any(map(yields, others)):
            inner = [first]
        case ast.IfExp(test=test, body=body, orelse=orelse) if not (yields(body) or yields(orelse)):
            inner = [test]
        case _ if not yields(part):
            return
        case _:
            raise refused
    last = max((i for i, one in enumerate(inner) if yields(one)), default=-1)
    for one in inner[: last + 1]:
        if yields(one):
            _collect(one, found, node)
        elif not _tells_nothing(one):
            raise refused


def _tells_nothing(part: ast.expr) -> bool:
    """Whether it is all one if an expression is evaluated a little later."""
    named = part.value if isinstance(part, ast.Attribute | ast.FormattedValue) else part
    return isinstance(named, ast.Name | ast.Constant)
