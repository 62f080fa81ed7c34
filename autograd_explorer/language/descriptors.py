"""Descriptors of the program's: objects in a class body that have a `__get__` or `__set__`.

Python's own attribute access never sees these methods, so native code does not run them.
"""

from typing import Any

from autograd_explorer.language.functions import SuperView
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING


def _instance_and_class(value: Any) -> tuple[Any, type]:
    if isinstance(value, SuperView):
        return value.instance, value.cls
    return (None, value) if isinstance(value, type) else (value, type(value))


def _standing_in_class(runtime: Runtime, value: Any, cls: type, name: str) -> Any:
    classes = runtime.classes
    order = value.classes() if isinstance(value, SuperView) else cls.__mro__
    raw = next((classes[b][name] for b in order if name in classes.get(b, ())), None)
    known = any(classes.defines(type(raw), how) for how in ("__get__", "__set__"))
    return raw if known else MISSING


def read(runtime: Runtime, value: Any, name: str) -> Any:
    """What a descriptor gives, or MISSING. One that can be set comes before the instance's own."""
    classes = runtime.classes
    instance, cls = _instance_and_class(value)
    raw = _standing_in_class(runtime, value, cls, name)
    if raw is MISSING or not classes.defines(type(raw), "__get__"):
        return MISSING
    own = name in getattr(instance, "__dict__", ())
    if own and not classes.defines(type(raw), "__set__"):
        return MISSING
    get = classes.member(type(raw), "__get__")
    return runtime.calls.call_value(get, (raw, instance, cls), {})


def write(runtime: Runtime, value: Any, name: str, new: Any) -> bool:
    """Hand the value to a descriptor's `__set__`, if there is one."""
    instance, cls = _instance_and_class(value)
    raw = _standing_in_class(runtime, value, cls, name)
    if instance is None or not runtime.classes.defines(type(raw), "__set__"):
        return False
    put = runtime.classes.member(type(raw), "__set__")
    runtime.calls.call_value(put, (raw, instance, new), {})
    return True
