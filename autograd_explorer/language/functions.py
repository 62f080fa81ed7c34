"""Functions and classes that a program defines: real Python objects with interpreted bodies.

PyTorch calls them like any other function: as hooks, as the forward of an nn.Module or of an
autograd.Function, or as the function that torch.func.grad differentiates.
"""

import ast
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.scopes import Scope

# The type of the function that executes the body of a program's function.
CallUser = Callable[["UserFunction", tuple[Any, ...], dict[str, Any]], Any]
CallAllowed = Callable[[Function, tuple[Any, ...], dict[str, Any]], Any]


class Nested:
    """The modes in which several decorators run a function, the outermost first: each is entered
    anew for each call, but torch.autocast, of which PyTorch enters the same one."""

    def __init__(self, *modes: Any) -> None:
        self._modes, self._stack = modes, ExitStack()

    def clone(self) -> "Nested":
        return Nested(*self._modes)

    def __enter__(self) -> None:
        for mode in self._modes:
            self._stack.enter_context(mode.clone() if hasattr(mode, "clone") else mode)

    def __exit__(self, *error: Any) -> bool | None:
        return self._stack.__exit__(*error)


class UserFunction:
    """A def or a lambda of the program.

    .closure   the scope around it; .own the names that are local to it
    .defaults  of its positional parameters, aligned at the end; .keyword_defaults by name
    .home      holds the class in whose body it stands, once that is made; .owner that class, for
               super()
    .switch    the grad mode that a decorator runs it in
    .is_abstract  whether a class with it cannot be instantiated
    """

    __slots__ = (
        "__dict__",
        "__name__",
        "call_user",
        "closure",
        "defaults",
        "home",
        "is_abstract",
        "keyword_defaults",
        "node",
        "own",
        "qualified",
        "switch",
    )  # fmt: skip

    def __init__(
        self,
        call_user: CallUser,
        node: ast.FunctionDef | ast.Lambda,
        qualified: str,
        closure: Scope,
        own: frozenset[str],
        defaults: tuple[Any, ...],
        keyword_defaults: Mapping[str, Any],
    ) -> None:
        self.call_user = call_user
        self.node = node
        self.__name__ = node.name if isinstance(node, ast.FunctionDef) else "<lambda>"
        self.qualified = qualified
        self.closure = closure
        self.own = own
        self.defaults = defaults
        self.keyword_defaults = keyword_defaults
        self.home: list[type] = []
        self.switch: Any = None
        self.is_abstract = False

    def inside(self, switch: Any) -> "UserFunction":
        """The same function under @torch.no_grad() or the like."""
        made = UserFunction(
            self.call_user, self.node, self.qualified, self.closure, self.own, self.defaults,
            self.keyword_defaults,
        )  # fmt: skip
        made.home = self.home
        made.switch = Nested(*[one for one in (switch, self.switch) if one is not None])
        return made

    @property
    def owner(self) -> type | None:
        return self.home[0] if self.home else None

    def belongs_to(self, cls: type) -> None:
        """Unless it belongs to another class already, from which it was taken."""
        if not self.home:
            self.home.append(cls)

    @property
    def documentation(self) -> Any:
        if "__doc__" in self.__dict__:
            return self.__dict__["__doc__"]
        node: Any = self.node
        return None if isinstance(node, ast.Lambda) else ast.get_docstring(node, clean=False)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call_user(self, args, kwargs)

    def __deepcopy__(self, memo: Any) -> "UserFunction":
        return self

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else UserMethod(self, instance)

    @property
    def __signature__(self) -> inspect.Signature:
        """The parameters, for PyTorch: it asks for them if an autograd.Function has a
        setup_context."""
        spec, kinds = self.node.args, inspect.Parameter
        parameters = [kinds(p.arg, kinds.POSITIONAL_ONLY) for p in spec.posonlyargs]
        parameters += [kinds(p.arg, kinds.POSITIONAL_OR_KEYWORD) for p in spec.args]
        first = len(parameters) - len(self.defaults)
        for i, value in enumerate(self.defaults):
            parameters[first + i] = parameters[first + i].replace(default=value)
        if spec.vararg:
            parameters.append(kinds(spec.vararg.arg, kinds.VAR_POSITIONAL))
        parameters += [
            kinds(p.arg, kinds.KEYWORD_ONLY, default=self.keyword_defaults.get(p.arg, kinds.empty))
            for p in spec.kwonlyargs
        ]
        if spec.kwarg:
            parameters.append(kinds(spec.kwarg.arg, kinds.VAR_KEYWORD))
        return inspect.Signature(parameters)

    def __repr__(self) -> str:
        return f"<function {self.qualified} at {id(self):#x}>"

    def bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Match arguments with parameters.

        Raises:  TypeError, in Python's own words
        """
        spec = self.node.args
        plain = _plain_names(spec)
        if plain is not None and not kwargs:  # nearly always
            left = len(plain) - len(args)
            if 0 <= left <= len(self.defaults):
                values = (*args, *self.defaults[-left:]) if left else args
                return dict(zip(plain, values, strict=True))
        names = [parameter.arg for parameter in (*spec.posonlyargs, *spec.args)]
        only = [parameter.arg for parameter in spec.kwonlyargs]
        bound = dict(zip(names, args, strict=False))
        if spec.vararg:
            bound[spec.vararg.arg] = args[len(names) :]
        extra = {}
        by_keyword = {*names[len(spec.posonlyargs) :], *only}
        for name, value in kwargs.items():
            if name in by_keyword:
                if name in bound:
                    raise TypeError(f"{self.qualified}() got multiple values for argument {name!r}")
                bound[name] = value
            elif spec.kwarg:
                extra[name] = value
            elif name in names:
                raise TypeError(
                    f"{self.qualified}() got some positional-only arguments passed as keyword "
                    f"arguments: {name!r}"
                )
            else:
                raise TypeError(f"{self.qualified}() got an unexpected keyword argument {name!r}")
        if len(args) > len(names) and not spec.vararg:
            by_name = sum(name in bound for name in only)
            raise TypeError(self._too_many(len(names), len(args), by_name))
        first = len(names) - len(self.defaults)
        for name, value in zip(names[first:], self.defaults, strict=True):
            bound.setdefault(name, value)
        for name, value in self.keyword_defaults.items():
            bound.setdefault(name, value)
        self._check_missing([name for name in names if name not in bound], "positional")
        self._check_missing([name for name in only if name not in bound], "keyword-only")
        if spec.kwarg:
            bound[spec.kwarg.arg] = extra
        return bound

    def parameters(self) -> list[str]:
        """Their names in Python's order: `*args` and `**kwargs` come last."""
        spec = self.node.args
        several = (spec.vararg, spec.kwarg)
        plain = (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)
        return [part.arg for part in (*plain, *several) if part is not None]

    def _check_missing(self, names: list[str], kind: str) -> None:
        if names:
            several = "s" if len(names) > 1 else ""
            raise TypeError(
                f"{self.qualified}() missing {len(names)} required {kind} "
                f"argument{several}: {_listed(names)}"
            )

    def _too_many(self, takes: int, given: int, by_name: int) -> str:
        least = takes - len(self.defaults)
        count = f"from {least} to {takes}" if self.defaults else str(takes)
        several = "" if takes == 1 and not self.defaults else "s"
        were = "was" if given == 1 and not by_name else "were"
        also = ""
        if by_name:
            also = f" positional argument{'s' * (given != 1)}"
            also += f" (and {by_name} keyword-only argument{'s' * (by_name != 1)})"
        return (
            f"{self.qualified}() takes {count} positional argument{several} "
            f"but {given}{also} {were} given"
        )


def _plain_names(spec: ast.arguments) -> list[str] | None:
    """The parameters' names, where there are none that take several or go by keyword alone."""
    try:
        return spec.plain_names  # type: ignore[attr-defined, no-any-return]
    except AttributeError:
        plain = not (spec.vararg or spec.kwarg or spec.kwonlyargs)
        names = [parameter.arg for parameter in (*spec.posonlyargs, *spec.args)]
        spec.plain_names = names if plain else None  # type: ignore[attr-defined]
        return spec.plain_names  # type: ignore[attr-defined, no-any-return]


class UserMethod:
    """A function of the program, bound to the instance it was reached through."""

    __slots__ = ("function", "instance")

    def __init__(self, function: UserFunction, instance: Any) -> None:
        self.function = function
        self.instance = instance

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(self.instance, *args, **kwargs)

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        """As of Python's own methods: what the function holds."""
        return dict(self.function.__dict__)

    def inside(self, switch: Any) -> "UserMethod":
        return UserMethod(self.function.inside(switch), self.instance)

    def __repr__(self) -> str:
        return f"<bound method {self.function.qualified} of {self.instance!r}>"


class Bound:
    """An allowed function as a value that PyTorch and Python can call."""

    __slots__ = ("call", "function", "name", "owner")

    def __init__(
        self,
        call: CallAllowed,
        function: Function,
        owner: tuple[Any, ...] = (),
        name: str | None = None,
    ) -> None:
        """name  by which it was reached, where that is not the function's"""
        self.call = call
        self.function = function
        self.owner = owner
        self.name = name or function.name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(self.function, (*self.owner, *args), kwargs)

    def __deepcopy__(self, memo: Any) -> "Bound":
        return self  # as Python does with its own built-in methods

    def __repr__(self) -> str:
        if not self.owner:
            return repr(self.function)
        owner = self.owner[0]
        if isinstance(owner, type):  # of an autograd.Function
            return f"<bound method Function.apply of {owner!r}>"
        kind = f"{type(owner).__name__} object at {id(owner):#x}"
        return f"<built-in method {self.name} of {kind}>"


class BoundMethod(Bound):
    """The same of a method that PyTorch or Python has written in Python, as it shows itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        owner = self.owner[0]
        return f"<bound method {getattr(type(owner), self.name).__qualname__} of {owner!r}>"


class MadeFunction(Bound):
    """A function that a decorator has made: in a class it becomes a method, as Python's do."""

    __slots__ = ()


CACHED: Any = type(functools.lru_cache(len))


class CachedMethod(functools.partial[Any]):
    """A function with a cache, by functools.lru_cache, bound to the instance that it was reached
    through."""

    __slots__ = ()


class BoundClass(Bound):
    """The same of a class."""

    __slots__ = ()


class SuperView:
    """What super() gives: the attributes of the classes after `start` in the instance's order."""

    __slots__ = ("cls", "instance", "start")

    def __init__(self, start: type, instance: Any, cls: type | None = None) -> None:
        """cls  the class in whose order they are; in a class method it is the instance itself"""
        self.start = start
        self.instance = instance
        self.cls = cls or (instance if isinstance(instance, type) else type(instance))

    def classes(self) -> Sequence[type]:
        order = self.cls.__mro__
        return order[order.index(self.start) + 1 :]


def _listed(names: list[str]) -> str:
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) == 2:
        return " and ".join(quoted)
    return ", ".join(quoted[:-1]) + f", and {quoted[-1]}"


# As Python names its own: in messages, and where a program asks for a type.
for _ours, _pythons in (
    (UserFunction, "function"),
    (UserMethod, "method"),
    (Bound, "builtin_function_or_method"),
    (BoundMethod, "method"),
    (BoundClass, "type"),
    (SuperView, "super"),
):
    type.__setattr__(_ours, "__name__", _pythons)
    _ours.__qualname__, _ours.__module__ = _pythons, "builtins"
