"""The classes that a program defines, each with the members that it wrote."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn.utils import prune
from torch.optim.lr_scheduler import LRScheduler

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Absent, Hint
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.class_rules import VALUES
from autograd_explorer.language.library.entry import Function, Library

# The methods that Python calls to loop over an object, to index it or to take its length.
_WALKS = ("__iter__", "__next__", "__getitem__", "__len__")
_OF_HINTS = (list, dict, tuple, set, frozenset)
_SUBSCRIPTED = "Subscripted generics cannot be used with class and instance checks"
_PARAMETERS = "isinstance() argument 2 cannot be a parameterized generic"


class Classes(dict[type, dict[str, Any]]):
    """The classes of one run. A class that is not a key is PyTorch's or Python's own."""

    def __init__(self, budget: Budget, library: Library) -> None:
        super().__init__()
        self._budget = budget
        self._library = library
        self.annotated: dict[type, tuple[str, ...]] = {}  # names with an annotation, in order
        self.annotations: dict[type, dict[str, Any]] = {}  # what stands behind these names
        self.fields: dict[type, dict[str, Any]] = {}  # of dataclasses
        self.metas: dict[type, type] = {}  # for a class, the metaclass of the program's
        self.of_classes: set[type] = set()  # these metaclasses
        self.pending: list[tuple[str, dict[str, Any]]] = []  # class statements that are being made
        self.entries: dict[type, Function] = {}  # of named tuples and enumerations
        self._unlisted: dict[type, Function] = {}  # those that type(x) has given
        self.frozen: set[type] = set()
        self.described: set[str] = set()  # names under which descriptors of the program's stand
        self.mixins: dict[type, type] = {}  # ours, and those of collections.abc that they stand for
        self.standing: dict[type, type] = {}  # ours, and those of Python's that they stand for
        self.protocols: dict[type, tuple[str, ...]] = {}  # what their instances have to have
        self.init_only: set[type] = set()  # dataclasses with an InitVar
        self.generics: set[type] = set()  # from Generic[T]: they may be written with brackets
        self.slots: dict[type, frozenset[str]] = {}

    def class_of(self, named: Any) -> Any:
        """The real class or classes behind what a program wrote in isinstance or except."""
        if isinstance(named, tuple):
            self._budget.weigh(named)
            return tuple(self.class_of(item) for item in named)
        if isinstance(named, Function) and named.cls is not None:
            return named.cls
        if isinstance(named, Hint) and named.classes:
            return self.class_of(named.classes)
        if named is None:
            return type(None)
        if isinstance(named, Absent):
            raise Refused("absent", named.path)
        if isinstance(named, type) and named in self:
            return named
        if isinstance(named, Hint) and "[" in named.text:
            raise TypeError(_SUBSCRIPTED if named.text.startswith("typing.") else _PARAMETERS)
        if isinstance(named, Hint) and named.text == "typing.Any":
            raise TypeError("typing.Any cannot be used with isinstance()")
        raise TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union")

    def exceptions_of(self, named: Any) -> tuple[type, ...]:
        """The real classes behind what a program wrote in except.

        Raises:  TypeError, in Python's words
        """
        parts = named if isinstance(named, tuple) else (named,)
        known = all(
            isinstance(part, Absent | tuple)
            or (isinstance(part, Function | type) and issubclass(_class_of(part), BaseException))
            for part in parts
        )
        if not known:
            words = "catching classes that do not inherit from BaseException is not allowed"
            raise TypeError(words)
        return self.class_of(parts)  # type: ignore[no-any-return]

    def entry_of(self, cls: type) -> Any:
        """What type(x) gives for an instance of a class: something that a program may name."""
        if cls in self:
            return cls
        known = self.entries.get(cls) or self._library.entry_of.get(cls)
        return known or self._unlisted.setdefault(cls, Function(cls, "class", cls))

    def kind_of(self, value: Any) -> Any:
        """What type(x) gives."""
        real = value.shown if isinstance(value, Function) else value
        return self._meta_of(value) or self.entry_of(type(real))

    def _meta_of(self, value: Any) -> type | None:
        return self.metas.get(value) if isinstance(value, type) else None

    def is_instance(self, value: Any, cls: Any) -> bool:
        """isinstance(), for which a metaclass of the program's is the class of what it made."""
        meta = self._meta_of(value)
        if isinstance(value, Function):  # print is Callable, nn.Linear is a type
            return isinstance(value.shown, cls)
        if self._stands_under(type(value), cls):
            return True
        return isinstance(value, cls) or (meta is not None and issubclass(meta, cls))

    def is_subclass(self, cls: Any, other: Any) -> bool:
        return issubclass(cls, other) or self._stands_under(cls, other)

    def _stands_under(self, cls: Any, other: Any) -> bool:
        """Whether ours behind a class stand for one of Python's that is made from another."""
        bases = cls.__mro__ if self.mixins or self.standing else ()
        real = [
            known[base] for base in bases for known in (self.mixins, self.standing) if base in known
        ]
        return any(issubclass(one, other) for one in real)

    def member(self, cls: type, name: str) -> Any:
        """A member that the program wrote, as it stands in the nearest class that has it."""
        return next(self[base][name] for base in cls.__mro__ if name in self.get(base, ()))

    def native_base(self, cls: type) -> type:
        """The nearest class behind a class of the program that is not the program's own."""
        return next(base for base in cls.__mro__ if base not in self)

    def defines(self, cls: type, name: str) -> bool:
        """Whether a class, or one that it is made from, has a member that the program wrote."""
        return bool(self) and any(name in self.get(base, ()) for base in cls.__mro__)

    def defines_operator(self, cls: type, operator: Callable[..., Any]) -> bool:
        """Whether a class defines an operator: in its plain, reflected or in-place form."""
        name = operator.__name__.removeprefix("i")
        return any(self.defines(cls, f"__{kind}{name}__") for kind in ("", "r", "i"))

    def is_free(self, cls: type, name: str) -> bool:
        """Whether no class of PyTorch's or Python's own uses the name."""
        return not any(name in base.__dict__ for base in cls.__mro__ if base not in self)

    def has_slot_for(self, cls: type, name: str) -> bool:
        """Whether instances of a class may have an attribute, by the `__slots__` of its classes."""
        own = [base for base in cls.__mro__ if base in self]
        return any(base not in self.slots or name in self.slots[base] for base in own)

    def _base_of_hint(self, named: Hint) -> type:
        """`Dataset[int]` and `typing.Dict[str, int]` are made from the class before the brackets;
        Generic[T] and what is abstract from object alone."""
        origin = named.origin
        if isinstance(origin, Function):
            return self.base(origin)
        real = origin.classes[0] if isinstance(origin, Hint) and origin.classes else None
        is_value = isinstance(real, Function) and real.cls in _OF_HINTS
        return self.base(real) if is_value and named.text.startswith("typing.") else object

    def is_walked(self, value: Any) -> bool:
        """Whether Python would loop over an object, index it or take its length by calling methods
        that the program defines."""
        return type(value) in self and any(self.defines(type(value), name) for name in _WALKS)

    def base(self, named: Any) -> type:
        """The real class behind a base in a class statement. Allowed are nn.Module and its classes,
        autograd.Function, optimizers, schedules, BasePruningMethod, exceptions, dict, object,
        Python's own values, Tensor and Parameter, and classes of the program."""
        if isinstance(named, type) and named in self:
            return named
        if isinstance(named, Hint):
            return self._base_of_hint(named)
        if isinstance(named, Absent):
            raise Refused("absent", named.path)
        cls = named.cls if isinstance(named, Function) else None
        shown = named.name if isinstance(named, Function) else type(named).__name__
        if cls is type:  # a metaclass
            return type
        if cls is not None and cls not in self._library.entry_of:
            # type(x) gives a program classes that the library does not list, such as SyntaxError.
            # The code that prints a SyntaxError relies on the types of its attributes.
            raise Refused("class", f"({shown})")
        if isinstance(named, Function) and named.kind == "class" and cls is not None:
            if issubclass(cls, nn.Module | Exception):  # there for isinstance or except alone
                raise Refused("class", f"({shown})")
        roots = (nn.Module, torch.autograd.Function, torch.optim.Optimizer, Exception, LRScheduler)
        if cls is not None and cls in self._library.bases:
            return cls
        if cls in (*VALUES, nn.Parameter):
            return cls
        if cls in (object, dict, OrderedDict, prune.BasePruningMethod) or (
            cls is not None and issubclass(cls, roots)
        ):
            return cls
        raise Refused("class", f"({shown})")


def _class_of(named: Any) -> type:
    found = named.cls if isinstance(named, Function) else named
    return object if found is None else found
