"""The names on PyTorch's own modules: which a program may put there, replace or delete."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn

from autograd_explorer.errors import Refused
from autograd_explorer.language.attribute_rules import called, kind_of_name
from autograd_explorer.language.functions import UserFunction, UserMethod
from autograd_explorer.language.library.module_parts import HOLDERS
from autograd_explorer.language.private_names import reserved
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING
from autograd_explorer.torch_internals import is_computed, is_lazy, set_computed, stores_of

# The settings of PyTorch's own modules that a program may change. Kernels use the other settings
# without checking them: an LSTM whose hidden_size does not fit its weights reads memory outside
# them.
_CHANGEABLE = frozenset(
    """
    p inplace momentum eps negative_slope alpha beta lambd threshold value reduction
    label_smoothing margin delta ignore_index log_input full
    """.split()
)
# In these modules PyTorch itself checks the shapes of the weights at every call.
SHAPE_COMPARED = frozenset({nn.Linear, nn.Embedding, nn.Conv1d, nn.Conv2d})
_BATCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
_MODULE_NAMES = frozenset(dir(nn.Module))
_NO_NAMES: frozenset[str] = frozenset()


class ModuleNames:
    """What one run knows of the names that PyTorch itself has put on its modules."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.classes = runtime.classes
        self._natural: dict[type, frozenset[str]] = {}

    def _base(self, module: nn.Module) -> Any:
        return self.classes.native_base(type(module))

    def check(self, module: nn.Module, name: Any, new: Any) -> None:
        """Check a name under which a program stores something on a module, whichever way it does.

        Raises:  Refused, where the name or the value would change what PyTorch relies on
        """
        text = name if isinstance(name, str) else type(name).__name__
        refused = Refused("assignment", f"{called(module)}.{text[:40]}")
        if not isinstance(name, str) or name in _MODULE_NAMES or kind_of_name(name) == "mangled":
            raise refused
        if kind_of_name(name) == "special":
            raise refused
        if name.startswith("_") and name in reserved(self._base(module)):
            raise refused
        if not self.classes.is_free(type(module), name):
            raise refused
        if name in self.natural(module) and not self._may_replace(module, name, new):
            raise refused

    def put(self, module: nn.Module, name: str, new: Any) -> None:
        if is_computed(module, name) and isinstance(new, Tensor):
            set_computed(module, name, new)  # by the right_inverse of its parametrizations
            return
        if name == "forward" and self._may_stand_for_forward(module, new):
            module.__dict__[name] = new
            return
        self.check(module, name, new)
        # Not into the dictionary: an LSTM's own __setattr__ keeps a second list of its weights.
        type(module).__setattr__(module, name, new)
        self.runtime.observer.influence.put_on(module, name, new)

    def _may_stand_for_forward(self, module: nn.Module, new: Any) -> bool:
        """Whether it is a function of the program's, for a module whose forward is the program's
        own. That of a layer of PyTorch's is run to judge sizes, and would run twice."""
        own = self.classes.defines(type(module), "forward")
        return own and isinstance(new, UserFunction | UserMethod)

    def _may_replace(self, module: nn.Module, name: str, new: Any) -> bool:
        """Whether a program may replace a value that PyTorch itself put on a module by this one."""
        old = self.runtime.attributes.own(module, name)
        compared = self._base(module) in SHAPE_COMPARED
        if name == "bias" and compared:  # may be None, and may be a tensor again later
            old = self.runtime.attributes.own(module, "weight")
            if new is None:
                return True
        if old is MISSING:  # deleted before
            return compared and isinstance(new, Tensor)
        if name == "momentum" and isinstance(module, _BATCH_NORMS):
            return new is None or type(new) in (int, float)
        if isinstance(old, Tensor):
            if is_lazy(old) or not isinstance(new, Tensor) or new.dtype != old.dtype:
                return False
            return new.shape == old.shape or compared
        if old is None:
            return new is None
        if name not in _CHANGEABLE:
            return False
        numbers = (int, float)
        return type(new) is type(old) or (type(new) in numbers and type(old) in numbers)

    def natural(self, module: nn.Module) -> frozenset[str]:
        """The names that PyTorch's own class has put on a module of this kind."""
        cls = type(module)
        base = self.classes.native_base(cls)
        if base not in self._natural and cls is base:  # not of a derived class
            self._natural[base] = _names_on(module)
        return self._natural.get(base, _NO_NAMES)

    @contextmanager
    def initialising(self, base: type, instance: nn.Module) -> Iterator[None]:
        """The block runs `__init__` of one of PyTorch's classes. All names that this puts on the
        instance are protected from then on, even one that the program has used before."""
        own = instance.__dict__
        early = {name: own.pop(name) for name in list(own) if not name.startswith("_")}
        yield
        self._natural[base] = self._natural.get(base, _NO_NAMES) | _names_on(instance)
        own.update({name: value for name, value in early.items() if name not in own})


def _names_on(module: nn.Module) -> frozenset[str]:
    """The public names in a module's own dictionaries; without the parts of a ModuleList and the
    like, whose names come from the program."""
    parts = () if isinstance(module, HOLDERS) else stores_of(module)
    stores = (module.__dict__, *parts)
    return frozenset(name for store in stores for name in store if not name.startswith("_"))
