"""Where a program's names live, by Python's own rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Scope:
    """One namespace.

    .values   its variables
    .parent   the function or module around it; None for the module
    .own      names that belong to it because something in it assigns them
    .annotated  in a class body, names with an annotation
    .outer    names declared global or nonlocal, each with the scope it belongs to
    .home     of a class body, the class, once it is made
    """

    values: dict[str, Any]
    parent: "Scope | None" = None
    own: frozenset[str] = frozenset()
    outer: dict[str, "Scope"] = field(default_factory=dict)
    is_class: bool = False
    is_comprehension: bool = False
    annotated: dict[str, ast.expr] = field(default_factory=dict)
    home: list[type] = field(default_factory=list)

    def find(self, name: str) -> "Scope | None":
        """The scope in which a name has a value.

        Raises:  UnboundLocalError, for a function's own name that has none yet
        """
        scope: Scope | None = self.outer.get(name, self)
        while scope is not None:
            if name in scope.values:
                return scope
            if name in scope.own:
                raise UnboundLocalError(
                    f"cannot access local variable {name!r} where it is not associated with a value"
                )
            scope = scope.parent
        return None

    def holder_of(self, name: str) -> "Scope | None":
        """The function around, from this scope on, that has a value for a name."""
        scope = self
        while scope.parent is not None:
            if name in scope.values and not scope.is_class:
                return scope
            scope = scope.parent
        return None

    def bind(self, name: str, value: Any) -> None:
        self.outer.get(name, self).values[name] = value

    def bind_walrus(self, name: str, value: Any) -> None:
        """`name := value` in a comprehension belongs to the scope around the comprehension."""
        scope = self
        while scope.is_comprehension and scope.parent is not None:
            scope = scope.parent
        scope.bind(name, value)

    def module(self) -> "Scope":
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def enclosing(self) -> "Scope":
        """The scope that a function defined here looks into: classes are skipped, as in Python."""
        scope = self
        while scope.is_class and scope.parent is not None:
            scope = scope.parent
        return scope

    def declare(self, node: ast.Global | ast.Nonlocal) -> None:
        """Follow a global or nonlocal statement.

        Raises:  SyntaxError, where nonlocal finds no such name
        """
        for name in node.names:
            if isinstance(node, ast.Global):
                self.outer[name] = self.module()
                continue
            scope = self.parent
            while scope is not None and scope.parent is not None:
                if name in scope.values or name in scope.own:
                    self.outer[name] = scope
                    break
                scope = scope.parent
            else:
                raise SyntaxError(f"no binding for nonlocal {name!r} found")


def names_assigned_in(function: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    """The names that are local to a function because it assigns them somewhere. They are kept on
    the node, because a function inside another one is made anew at each call."""
    if isinstance(function, ast.Lambda):
        return frozenset()
    if not hasattr(function, "names_assigned"):
        function.names_assigned = _assigned_in(function)  # type: ignore[attr-defined]
    return function.names_assigned  # type: ignore[attr-defined,no-any-return]


def _assigned_in(function: ast.FunctionDef) -> frozenset[str]:
    assigned: set[str] = set()
    declared: set[str] = set()
    for node in _within(function.body):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                assigned.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                assigned.add(name)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                assigned.add(name)
            case ast.MatchMapping(rest=str(name)):
                assigned.add(name)
            case ast.ExceptHandler(name=str(name)):
                assigned.add(name)
            case ast.alias():
                assigned.add(node.asname or node.name.partition(".")[0])
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                declared.update(names)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = ast.walk(node)
                assigned.update(part.target.id for part in inner if isinstance(part, ast.NamedExpr))
    return frozenset(assigned - declared)


def _within(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes of a body, without those of the scopes that it opens in turn."""
    queue: list[ast.AST] = list(body)
    while queue:
        node = queue.pop()
        yield node
        inner = ast.FunctionDef | ast.ClassDef | ast.Lambda
        comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
        if not isinstance(node, inner | comprehension):
            queue += ast.iter_child_nodes(node)


def path(node: ast.expr) -> str:
    """An expression as a short text for display: "w.grad", "self.layers[…].weight"."""
    parts: list[str] = []
    while True:
        match node:
            case ast.Attribute(value=node, attr=name):
                parts.append(f".{name}")
            case ast.Subscript(value=node):
                parts.append("[…]")
            case ast.Call(func=node):
                parts.append("()")
            case _:
                parts.append(node.id if isinstance(node, ast.Name) else "…")
                return "".join(reversed(parts))
