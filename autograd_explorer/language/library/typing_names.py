"""What typing and collections.abc give: words for readers, which do nothing."""

import collections.abc
import typing
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.language.belongings import Hint
from autograd_explorer.language.library import context_functions as contexts
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.value_classes import NAMED_TUPLE


def _special(call: Callable[..., Any]) -> Function:
    return Function(call, "special")


def _under(path: str, entries: Mapping[str, object]) -> dict[str, object]:
    return {f"{path}.{name}": entry for name, entry in entries.items()}


_HINTS = """
    Any Callable ClassVar Deque Dict Final FrozenSet Generator Iterable Iterator List Literal
    Mapping MutableMapping NoReturn Optional Self Sequence Set Sized Text Tuple Type Union
    Annotated Collection Container Hashable Awaitable DefaultDict Counter OrderedDict
    AbstractSet AnyStr AsyncGenerator AsyncIterable AsyncIterator BinaryIO ByteString ChainMap
    Concatenate ContextManager Coroutine IO ItemsView KeysView LiteralString MappingView Match
    MutableSequence MutableSet Never NotRequired Pattern Required Reversible SupportsAbs
    SupportsFloat SupportsIndex SupportsInt SupportsRound TextIO TypeAlias TypeGuard Unpack
    ValuesView
""".split()


def _hint(module: Any, name: str) -> Hint:
    """With the class that isinstance compares with, where the name stands for one."""
    named = getattr(module, name, None)
    cls = named if module is collections.abc else typing.get_origin(named)
    known = (Function(cls, "class", cls),) if isinstance(cls, type) else ()
    return Hint(f"{module.__name__}.{name}", known)


_TYPING: Mapping[str, object] = {
    **{name: _hint(typing, name) for name in _HINTS},
    "Generic": Function(object, "class", object),
    "NamedTuple": NAMED_TUPLE,
    "Protocol": Function(object, "class", object),
    "TYPE_CHECKING": False,
    "TypeVar": _special(contexts.type_variable),
    "cast": _special(contexts.cast),
    "final": _special(contexts.as_it_is),
    "overload": _special(contexts.as_it_is),
    "runtime_checkable": _special(contexts.runtime_checkable),
    "no_type_check": _special(contexts.as_it_is),
    "ParamSpec": _special(contexts.type_variable),
    "TypeVarTuple": _special(contexts.type_variable),
}
# Of later Pythons, in the package that brings them to earlier ones, which PyTorch needs as well.
_LATER: Mapping[str, object] = {
    **{name: Hint(f"typing_extensions.{name}", ()) for name in ("ReadOnly", "TypeForm", "TypeIs")},
    "override": _special(contexts.as_it_is),
}
NAMES: Mapping[str, object] = {
    **_under("collections.abc", {name: _hint(collections.abc, name) for name in _HINTS}),
    **_under("typing", _TYPING),
    **_under("typing_extensions", {**_LATER, **_TYPING}),
}
