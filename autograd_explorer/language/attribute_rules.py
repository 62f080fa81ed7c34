"""The whole rule of names: where `owner.name` is looked up, and where it is stored.

The kind of owner and the kind of name give the places to look in, in this order.

    own        what lies in the instance's own dictionary: what the program assigned there, and
               the public data (`in_features`, `weight`) that one of PyTorch's modules keeps there
    defined    what the class statements of the program define, the nearest class first
    table      the members that library/table.py lists for the class of the owner, and for its bases
    path       the dotted names that library/table.py lists
    initialise the `__init__` of the next class, also where it is PyTorch's own

A kind of owner is "derived" if its class was made from one of PyTorch's or Python's own.
A name is "private" with one leading underscore, "special" as `__name__`, "mangled" as `__name`.
A private name that one of PyTorch's or Python's own classes uses is found nowhere on what is made
from it; private_names.py knows these names.
"""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx

from autograd_explorer.language.classes import Classes
from autograd_explorer.language.functions import SuperView, UserFunction
from autograd_explorer.language.library.entry import Namespace
from autograd_explorer.language.values import ITERATORS

Owner = Literal[
    "namespace", "plain class", "derived class", "plain instance", "derived instance",
    "plain super", "derived super", "module", "context", "function", "tensor", "value",
]  # fmt: skip
NameKind = Literal["public", "private", "special", "mangled"]
Place = Literal["own", "defined", "table", "path", "initialise"]
Places = tuple[Place, ...]

READ: Mapping[Owner, Mapping[NameKind, Places]] = {
    "namespace": {
        "public": ("path",), "private": ("path",), "special": ("path",), "mangled": (),
    },
    "plain class": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "table"), "mangled": (),
    },
    "derived class": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "table"), "mangled": (),
    },
    "plain instance": {
        "public": ("own", "defined", "table"), "private": ("own", "defined"),
        "special": ("defined", "table"), "mangled": (),
    },
    "derived instance": {
        "public": ("own", "defined", "table"), "private": ("own", "defined"),
        "special": ("defined", "table"), "mangled": (),
    },
    "plain super": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "initialise"), "mangled": (),
    },
    "derived super": {
        "public": ("defined", "table"), "private": ("defined",),
        "special": ("defined", "initialise", "table"), "mangled": (),
    },
    "module": {
        "public": ("own", "table"), "private": ("own", "table"), "special": ("table",),
        "mangled": (),
    },
    "context": {
        "public": ("own", "table"), "private": ("own",), "special": (), "mangled": (),
    },
    "function": {
        "public": ("own", "table"), "private": ("own",), "special": ("table",), "mangled": (),
    },
    "tensor": {
        "public": ("table", "own"), "private": ("table", "own"), "special": ("table",),
        "mangled": (),
    },
    "value": {
        "public": ("table",), "private": ("table",), "special": ("table",), "mangled": (),
    },
}  # fmt: skip

# Where `owner.name = value` stores the value; () means that it is refused. A setter that the
# library has for the name comes first.
WRITE: Mapping[Owner, Mapping[NameKind, Places]] = {
    "namespace": {"public": (), "private": (), "special": (), "mangled": ()},
    "plain class": {
        "public": ("defined",),
        "private": ("defined",),
        "special": ("defined",),
        "mangled": (),
    },
    "derived class": {
        "public": ("defined",),
        "private": ("defined",),
        "special": (),
        "mangled": (),
    },
    "plain instance": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "derived instance": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "plain super": {"public": (), "private": (), "special": (), "mangled": ()},
    "derived super": {"public": (), "private": (), "special": (), "mangled": ()},
    "module": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "context": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "function": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "tensor": {"public": ("own",), "private": ("own",), "special": (), "mangled": ()},
    "value": {"public": (), "private": (), "special": (), "mangled": ()},
}

# `owner.__len__` of a value of Python's or PyTorch's own: the function that does what it does. With
# a number, a list or a text Python's arithmetic answers NotImplemented where an operator would go
# on to ask the other operand, so it is offered for tensors only.
_SPELLED = {
    "__len__": "len",
    "__iter__": "iter",
    "__next__": "next",
    "__repr__": "repr",
    "__str__": "str",
    "__hash__": "hash",
    "__bool__": "bool",
    **{f"__{name}__": f"operator.{name}"
       for name in ("getitem", "setitem", "delitem", "contains")},
}  # fmt: skip
_SPELLED_OF_TENSORS = {
    "__float__": "float",
    "__int__": "int",
    "__abs__": "abs",
    **{f"__{name}__": f"operator.{name}" for name in """
       add sub mul truediv floordiv mod pow matmul eq ne lt le gt ge neg invert
       iadd isub imul itruediv""".split()},
    **{f"__{name}__": f"operator.{name}_" for name in ("and", "or")},
    "__xor__": "operator.xor",
}  # fmt: skip


_SPELLED_ON = frozenset(
    (
        Tensor, torch.Size, list, tuple, dict, set, frozenset, str, bytes, range, np.ndarray,
        int, float, bool, complex, *ITERATORS,
    )
)  # fmt: skip


def spelled_function(value: Any, name: str) -> str | None:
    """The function that does what a special method of a value does; it is known by its class alone,
    which is not one that the program has derived."""
    cls = type(value)
    if cls in (Tensor, np.ndarray) and name in _SPELLED_OF_TENSORS:
        return _SPELLED_OF_TENSORS[name]
    return _SPELLED.get(name) if cls in _SPELLED_ON and hasattr(cls, name) else None


# What the recording notes on a program's tensors has names that begin with this. To a program they
# are names like `__x`: it neither finds nor changes them.
OUR_NOTES = "_autograd_explorer"


def kind_of_name(name: str) -> NameKind:
    if not name.startswith("_"):
        return "public"
    if not name.startswith("__"):
        return "mangled" if name.startswith(OUR_NOTES) else "private"
    return "special" if name.endswith("__") else "mangled"


def called(value: object) -> str:
    """What an error calls an owner: the path of a module of the library, or the name of a class."""
    if isinstance(value, Namespace):
        return value.path
    return value.__name__ if isinstance(value, type) else type(value).__name__


def owner_of(value: Any, classes: Classes) -> Owner:
    """The kind of an owner, given the classes of the program."""
    cls = value.cls if isinstance(value, SuperView) else value
    cls = cls if isinstance(cls, type) else type(cls)
    if cls in classes:
        derived = classes.native_base(cls) is not object
        if isinstance(value, SuperView):
            return "derived super" if derived else "plain super"
        if isinstance(value, type):
            return "derived class" if derived else "plain class"
        return "derived instance" if derived else "plain instance"
    if isinstance(value, Namespace):
        return "namespace"
    if isinstance(value, type):
        return "value"
    if isinstance(value, nn.Module):
        return "module"
    if isinstance(value, Tensor):
        return "tensor"
    if isinstance(value, FunctionCtx):
        return "context"
    return "function" if isinstance(value, UserFunction) else "value"
