"""What is worked out once about a program's syntax tree, before it runs: private names of classes,
which imports are tried only, and which functions and statements contain a `yield`."""

import ast
from collections.abc import Iterator

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
