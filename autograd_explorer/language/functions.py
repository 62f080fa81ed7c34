"""Functions and classes that a program defines: real Python objects with interpreted bodies.

PyTorch calls them like any other function: as hooks, as the forward of an nn.Module or of an
autograd.Function, or as the function that torch.func.grad differentiates.
"""

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.private_names import reserved
from autograd_explorer.language.scopes import Scope

# Special methods that a class may define. Those that change how classes work, such as
# __getattribute__, are left out; __init_subclass__ is called by the interpreter alone.
SPECIAL_METHODS = frozenset(
    """
    __init__ __call__ __repr__ __str__ __len__ __getitem__ __setitem__ __contains__ __iter__
    __next__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __float__ __int__
    __neg__ __pos__ __abs__ __add__ __radd__ __iadd__ __sub__ __rsub__ __isub__ __mul__ __rmul__
    __imul__ __truediv__ __rtruediv__ __floordiv__ __mod__ __pow__ __rpow__ __matmul__
    __rmatmul__ __enter__ __exit__ __post_init__ __init_subclass__
    """.split()
)
# Those that only a class may define that is not made from one of PyTorch's or Python's own.
OF_PLAIN_CLASSES = frozenset(
    """
    __getattr__ __delitem__ __reversed__ __format__ __round__ __divmod__ __rdivmod__ __floor__
    __ceil__ __trunc__ __complex__ __missing__ __rfloordiv__ __ifloordiv__ __rmod__ __imod__
    __itruediv__ __ipow__ __imatmul__ __and__ __rand__ __iand__ __or__ __ror__ __ior__ __xor__
    __rxor__ __ixor__ __lshift__ __rlshift__ __ilshift__ __rshift__ __rrshift__ __irshift__
    __invert__ __copy__ __class_getitem__ __setattr__ __delattr__ __new__ __del__
    """.split()
)
# Those that a class made from dict may define. How a dict is walked, indexed and compared stays
# Python's own: what measures a value, or asks what it holds, relies on it.
_OF_DICTS = frozenset(
    """
    __init__ __repr__ __str__ __call__ __enter__ __exit__ __init_subclass__ __getattr__ __setattr__
    __delattr__ __missing__
    """.split()
)
_METHODS_OF_DICTS = frozenset({"copy", "get", "pop", "setdefault", "update"})
# Python's own values that a class may be made from. A size is compared with the limits, and a name
# looked up, by operators: so those, and how such a value is walked, stay Python's own.
VALUES: tuple[type, ...] = (list, tuple, int, float, str, Tensor)
_OF_VALUES = frozenset(
    "__init__ __new__ __repr__ __str__ __call__ __enter__ __exit__ __init_subclass__".split()
)
_METHODS_OF_LISTS = frozenset(
    {"append", "clear", "copy", "extend", "insert", "pop", "remove", "sort"}
)
# Those that the interpreter alone calls.
HIDDEN = frozenset(
    "__init_subclass__ __class_getitem__ __setattr__ __delattr__ __new__ __del__".split()
)
# What a class body may hold beside functions.
# The number says that an operator with an array is the class's own.
_NOTES = frozenset({"__doc__", "__array_priority__", "__constants__"})


# The type of the function that executes the body of a program's function.
CallUser = Callable[["UserFunction", tuple[Any, ...], dict[str, Any]], Any]
CallAllowed = Callable[[Function, tuple[Any, ...], dict[str, Any]], Any]


class UserFunction:
    """A def or a lambda of the program.

    .closure   the scope around it; .own the names that are local to it
    .defaults  of its positional parameters, aligned at the end; .keyword_defaults by name
    .owner     the class in whose body it stands, for super()
    .switch    the grad mode that a decorator runs it in
    .is_abstract  whether a class with it cannot be instantiated
    """

    __slots__ = (
        "__dict__", "__name__", "call_user", "closure", "defaults", "is_abstract",
        "keyword_defaults", "node", "own", "owner", "qualified", "switch",
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
        self.owner: type | None = None
        self.switch: Any = None
        self.is_abstract = False

    def inside(self, switch: Any) -> "UserFunction":
        """The same function under @torch.no_grad() or the like."""
        made = UserFunction(
            self.call_user, self.node, self.qualified, self.closure, self.own, self.defaults,
            self.keyword_defaults,
        )  # fmt: skip
        made.owner, made.switch = self.owner, switch
        return made

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
        names = [parameter.arg for parameter in (*spec.posonlyargs, *spec.args)]
        only = [parameter.arg for parameter in spec.kwonlyargs]
        bound = dict(zip(names, args, strict=False))
        if spec.vararg:
            bound[spec.vararg.arg] = args[len(names) :]
        elif len(args) > len(names):
            raise TypeError(self._too_many(len(names), len(args)))
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

    def _too_many(self, takes: int, given: int) -> str:
        least = takes - len(self.defaults)
        count = f"from {least} to {takes}" if self.defaults else str(takes)
        several = "" if takes == 1 and not self.defaults else "s"
        were = "was" if given == 1 else "were"
        return (
            f"{self.qualified}() takes {count} positional argument{several} "
            f"but {given} {were} given"
        )


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


# The names of a PyTorch class that a derived class of the program may define anew. They are methods
# that PyTorch calls with data, and it only passes on or ignores what they return.
OVERRIDES = frozenset(
    {
        "forward", "backward", "setup_context", "jvp", "vmap", "extra_repr", "reset_parameters",
        "train", "step", "zero_grad", "compute_mask", "get_lr",
        # These only a program calls itself.
        "add_param_group", "cpu", "cuda", "eval", "load_state_dict", "state_dict", "to",
    }
)  # fmt: skip


def check_bases(name: str, bases: tuple[type, ...], own: Mapping[type, Any]) -> None:
    """Refuse a class that is made from two classes of PyTorch's or Python's own: each relies on the
    attributes that its own `__init__` sets, and only one of them is sure to run.

    Raises:  Refused
    """
    roots: list[type] = []
    for base in bases:
        root = next(cls for cls in base.__mro__ if cls not in own)
        if not any(issubclass(known, root) for known in roots):
            roots = [known for known in roots if not issubclass(root, known)] + [root]
    if len(roots) > 1:
        raise Refused("class", f"{name}({', '.join(root.__name__ for root in roots)})")


def check_members(
    name: str, bases: tuple[type, ...], members: Mapping[str, Any], own: Mapping[type, Any]
) -> None:
    """Check the members of a class: it may define methods for PyTorch and Python to call, but may
    not replace anything that they rely on.

    Raises:  Refused, for a special method outside the list, for a name of PyTorch's class outside
             OVERRIDES, and where something that is not a function stands in a method's place
    """
    native = [cls for base in bases for cls in base.__mro__ if cls not in own and cls is not object]
    for member, value in members.items():
        special = member.startswith("__")
        allowed = SPECIAL_METHODS | _NOTES | (frozenset() if native else OF_PLAIN_CLASSES)
        if dict in native:
            allowed = _OF_DICTS | _NOTES
        elif any(issubclass(cls, VALUES) for cls in native):
            allowed = (_OF_VALUES - ({"__str__", "__repr__"} if str in native else set())) | _NOTES
        if Optimizer in native:
            allowed |= {"__setstate__"}  # which old optimizers have, and only copies call
        if native == [nn.Module] * len(native):  # a layer's kernels rely on its own attributes
            allowed |= {"__getattr__", "__setattr__", "__delattr__", "__del__"}
        if special and member not in allowed:
            raise Refused("attribute", f"{name}.{member}")
        if (
            member == "generate_vmap_rule"
            and type(value) is bool
            and torch.autograd.Function in native
        ):
            continue  # of torch.autograd.Function
        if native and not special:
            taken = any(member in cls.__dict__ for cls in native)
            used = any(member in reserved(cls) for cls in native) if member[0] == "_" else False
            free = OVERRIDES | _METHODS_OF_DICTS if dict in native else OVERRIDES
            free = _METHODS_OF_LISTS if list in native else free
            if used or (taken and member not in free):
                raise Refused("attribute", f"{name}.{member}")
        if (special and member not in _NOTES) or (native and member in OVERRIDES):
            function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
            empty = function is None and member == "__hash__"
            if not isinstance(function, UserFunction | Bound) and not empty:
                raise Refused("member", f"{name}.{member} = {type(value).__name__}")


def build_class(
    name: str, qualified: str, bases: tuple[type, ...], members: Mapping[str, Any]
) -> type:
    """Make the class of a class statement, whose bases and members have been checked.

    Raises:  TypeError, where Python cannot combine the bases
    """
    # PyTorch goes on finding what it has put on a module.
    is_derived = any(issubclass(base, nn.Module | dict) for base in bases)
    hidden = HIDDEN | {"__getattr__"} if is_derived else HIDDEN
    seen = {key: value for key, value in members.items() if key not in hidden}
    made: type = type(name, bases, {**seen, "__module__": "__main__", "__qualname__": qualified})
    for value in members.values():
        function: Any = value.__func__ if isinstance(value, staticmethod | classmethod) else value
        is_property = isinstance(function, property)
        for part in (function.fget, function.fset, function.fdel) if is_property else (function,):
            if isinstance(part, UserFunction):
                part.owner = made
    return made


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
    (SuperView, "super"),
):
    type.__setattr__(_ours, "__name__", _pythons)
    _ours.__qualname__, _ours.__module__ = _pythons, "builtins"
