"""The types of the entries in the tables of allowed names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, Literal

Kind = Literal[
    "bounded",
    "pieces",
    "sized",
    "measured",
    "random",
    "drawing",
    "module",
    "heavy",
    "swept",
    "plain",
    "holding",
    "own",
    "special",
    "context",
    "class",
]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something of Python's or PyTorch's that a program may call.

    .kind  how the size of its result is limited:
           "bounded"   no larger than the product of its arguments' sizes
           "pieces"    likewise, but cut into many tensors
           "sized"     "bounded", but whole numbers among the arguments are sizes too
           "measured"  tried on the meta device first, whatever its arguments
           "random"    "sized", and takes a generator
           "drawing"   "bounded", and draws from the process's generator, which has the state of
                       this run's generator meanwhile
           "module"    makes an nn.Module; its parameters are counted on the meta device first
           "heavy"     "bounded", but takes far more than one step for each element
           "swept"     "bounded", but takes a step for each element and each of its whole numbers
           "plain"     makes no tensor
           "holding"   likewise, and may be given objects of the program's classes, because it
                       keeps or compares them but does not loop over them
           "own"       likewise, a method that takes or puts one item of what it belongs to, so
                       that the other items need not be looked at
           "special"   ours; takes the Runtime as its first argument
           "context"   makes a context manager that switches recording
           "class"     named for isinstance, not called
    .cls   the class that it stands for in isinstance and except, if it is one
    .name  of the function that is called; "?" without one
    .real  of a "special" one: what it stands for, which a program sees when it prints the function
    """

    call: Callable[..., Any]
    kind: Kind
    cls: type | None = None
    name: str = field(init=False)  # asked for at each call
    real: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", str(getattr(self.shown, "__name__", "?")))
        self._be_like(self.shown)

    def stands_for(self, real: Any) -> None:
        if self.real is None:
            object.__setattr__(self, "real", real)
            self._be_like(self.shown)

    def _be_like(self, real: object) -> None:
        """Have Python's own messages name the type of this entry as they name that of `real`."""
        ours = self.kind == "special" and self.real is None and self.cls is None
        is_written = isinstance(real, FunctionType) and not ours
        cls = _Class if isinstance(real, type) else _Written if is_written else _BuiltIn
        object.__setattr__(self, "__class__", cls)

    def __repr__(self) -> str:
        return repr(self.shown)  # what print shows of it, as in plain Python

    def __deepcopy__(self, memo: Any) -> "Function":
        return self

    @property
    def shown(self) -> Any:
        return self.cls or self.real or self.call


class _Class(Function):
    __slots__ = ()


class _Written(Function):
    __slots__ = ()


class _BuiltIn(Function):
    __slots__ = ()


for _ours, _pythons in (
    (_Class, "type"),
    (_Written, "function"),
    (_BuiltIn, "builtin_function_or_method"),
):
    _ours.__name__ = _pythons


@dataclass(frozen=True, slots=True)
class Namespace:
    """A module such as torch.nn, of which a program gets no more than its dotted name."""

    path: str

    def __repr__(self) -> str:
        return f"<module {self.path!r}>"


Namespace.__name__ = "module"


@dataclass(frozen=True, slots=True, eq=False)
class OfRun:
    """A name that stands for something of the run's own, such as sys.path."""

    get: Callable[[Any], Any]


Getter = Callable[[Any], Any]
Setter = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """What a program may reach on a value of one type."""

    attributes: Mapping[str, Getter] = field(default_factory=dict)
    methods: Mapping[str, Function] = field(default_factory=dict)
    setters: Mapping[str, Setter] = field(default_factory=dict)

    def over(self, other: "Members") -> "Members":
        """These members, and those of a base class where these have none of that name."""
        return Members(
            {**other.attributes, **self.attributes},
            {**other.methods, **self.methods},
            {**other.setters, **self.setters},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All names that a program may use.

    .names        every dotted path that leads to a value, such as "torch.nn.Linear"
    .modules      the dotted paths that lead to such names
    .builtins     the names that need no import
    .entry_of     for a class, the entry under which a program can name it
    .switches     settings without an effect here, which a program may assign
    .bases        classes without anything of their own that a program may derive from
    .apply        what `cls.apply` of a program's class does, by the class that it is made from
    .creators     functions whose first argument is a size, not a tensor that they work on
    .class_members  what a program may reach on a class itself, beside the methods of its values
    .members_of   what a program may reach on a value of a class
    """

    names: Mapping[str, object]
    modules: frozenset[str]
    builtins: Mapping[str, object]
    entry_of: Mapping[type, Function]
    switches: frozenset[str]
    bases: frozenset[type]
    apply: Mapping[type, Function]
    creators: frozenset[Callable[..., Any]]
    class_members: Mapping[type, Mapping[str, object]]
    members_of: Callable[[type], Members]


def functions_of(owner: Any, kind: Kind, names: str) -> dict[str, Function]:
    """Entries for the functions that owner has under these names. getattr is safe here, because the
    names come from our own tables and never from a program."""
    entries = {}
    for name in names.split():
        call = getattr(owner, name)
        entries[name] = Function(call, kind, call if isinstance(call, type) else None)
    return entries
