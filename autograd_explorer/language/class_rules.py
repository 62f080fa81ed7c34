"""Which classes a program may make from PyTorch's and Python's own, and what they may define."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import Bound, UserFunction
from autograd_explorer.language.private_names import reserved
from autograd_explorer.torch_internals import LAYOUT_OF_STATE

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
    __invert__ __copy__ __class_getitem__ __setattr__ __delattr__ __new__ __del__ __get__ __set__
    __set_name__ __index__ __deepcopy__
    """.split()
)
# By these, copies are made. `__reduce__` names what Python would call unseen: it is kept, and only
# a copy of such an object is refused.
_OF_COPIES = frozenset({"__getstate__", "__setstate__", "__reduce__", "__reduce_ex__"})
# What Python 2 and TorchScript asked for, and nobody asks for any more.
_ASKED_BY_NOBODY = frozenset(
    """
    __div__ __rdiv__ __idiv__ __nonzero__ __unicode__ __cmp__ __long__ __getslice__ __setslice__
    __delslice__ __jit_unused_properties__ __jit_ignored_attributes__ __version__ __author__
    """.split()
)
# How a list or a dict is indexed by a program may be the program's own, which the interpreter alone
# asks: what measures a value, or asks what it holds, goes on reading the items that are there. An
# OrderedDict calls these methods itself, where Python's dict does not.
_INDEXING = frozenset({"__getitem__", "__setitem__", "__delitem__"})
# Those that a class made from dict may define. How it is walked and compared stays Python's own.
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
# Of these two, which are compared with no limit themselves, arithmetic may be the program's.
ARITHMETIC = frozenset(
    """
    __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __imul__ __truediv__ __rtruediv__
    __matmul__ __rmatmul__ __neg__ __pow__
    """.split()
)
_METHODS_OF_LISTS = frozenset(
    {"append", "clear", "copy", "extend", "insert", "pop", "remove", "sort"}
)
# Those that the interpreter alone calls.
HIDDEN = frozenset(
    """
    __init_subclass__ __class_getitem__ __setattr__ __delattr__ __new__ __del__ __get__ __set__
    __set_name__ __index__ __reduce__ __reduce_ex__
    """.split()
)
# What a class body may hold beside functions.
# Two of them say that an operator with an array is the class's own.
_NOTES = frozenset({"__doc__", "__array_priority__", "__array_ufunc__", "__constants__"})

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
        copied = not native or native[-1] in (nn.Module, Optimizer)
        allowed |= _ASKED_BY_NOBODY | (_OF_COPIES if copied else frozenset())
        if dict in native:
            allowed = _OF_DICTS | _NOTES
            allowed |= frozenset() if OrderedDict in native else _INDEXING | {"__del__"}
        elif any(issubclass(cls, VALUES) for cls in native):
            allowed = (_OF_VALUES - ({"__str__", "__repr__"} if str in native else set())) | _NOTES
            allowed |= {"__reduce__", "__reduce_ex__"}
        if list in native:
            allowed |= _INDEXING | {"__del__"}
        if list in native or tuple in native:
            allowed |= ARITHMETIC
        if native == [nn.Module] * len(native):  # a layer's kernels rely on its own attributes
            allowed |= {"__getattr__", "__setattr__", "__delattr__", "__del__", "__new__"}
        if special and member not in allowed:
            raise Refused("attribute", f"{name}.{member}")
        if member == "__array_ufunc__" and (value is not None or native):
            raise Refused("attribute", f"{name}.{member}")
        if (
            member == "generate_vmap_rule"
            and type(value) is bool
            and torch.autograd.Function in native
        ):
            continue  # of torch.autograd.Function
        if member == LAYOUT_OF_STATE and type(value) is int and nn.Module in native:
            continue  # a number that a state_dict carries
        taken = any(member in cls.__dict__ for cls in native)
        if native and not special:
            used = any(member in reserved(cls) for cls in native) if member[0] == "_" else False
            free = OVERRIDES | _METHODS_OF_DICTS if dict in native else OVERRIDES
            free = _METHODS_OF_LISTS if list in native else free
            if used or (taken and member not in free):
                raise Refused("attribute", f"{name}.{member}")
        if (special and member not in _NOTES | _ASKED_BY_NOBODY) or (taken and member in OVERRIDES):
            function = value.__func__ if isinstance(value, staticmethod | classmethod) else value
            empty = function is None and member == "__hash__"
            if not isinstance(function, UserFunction | Bound) and not empty:
                raise Refused("member", f"{name}.{member} = {type(value).__name__}")


def hidden_from(bases: tuple[type, ...]) -> frozenset[str]:
    """The special methods of a class with these bases that only the interpreter calls."""
    # PyTorch goes on finding what it has put on a module.
    is_derived = any(issubclass(base, nn.Module | dict) for base in bases)
    is_indexed = any(issubclass(base, list | dict) for base in bases)
    hidden = HIDDEN | {"__getattr__"} if is_derived else HIDDEN
    return hidden | _INDEXING if is_indexed else hidden


def build_class(
    name: str, qualified: str, bases: tuple[type, ...], members: Mapping[str, Any]
) -> type:
    """Make the class of a class statement, whose bases and members have been checked.

    Raises:  TypeError, where Python cannot combine the bases
    """
    hidden = hidden_from(bases)
    seen = {key: value for key, value in members.items() if key not in hidden}
    return type(name, bases, {**seen, "__module__": "__main__", "__qualname__": qualified})
