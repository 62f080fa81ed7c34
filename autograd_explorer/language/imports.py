"""`import` and `from … import …`: names of the library, and packages that are not here."""

import ast
import sys
from typing import Any

import numpy as np

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Absent
from autograd_explorer.language.heard_warnings import hear
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.runtime import Runtime

# Packages that notebooks import, often only to draw or to measure something. A program may import
# them; only where it uses one is it refused.
_KNOWN = sys.stdlib_module_names | frozenset(
    """
    IPython PIL accelerate bokeh cv2 d2l datasets einops fastai fastcore gym gymnasium h5py imageio
    ipywidgets japanize_matplotlib jax keras librosa lightning matplotlib mpl_toolkits networkx
    nltk numpy opacus optuna packaging pandas plotly pytorch_lightning requests scipy seaborn
    skimage sklearn
    spacy sympy tensorboard tensorboardX tensorflow tiktoken timm torchaudio torchdata torchinfo
    torchmetrics torchsummary torchtext torchvision torchviz tqdm transformers
    typing_extensions wandb
    """.split()
)

# Public parts of torch that it does not load by itself, or of which it loads a part.
_UNLOADED = (
    "torch.ao", "torch.distributed", "torch.export", "torch.fx", "torch.nn.attention",
    "torch.nn.quantized", "torch.onnx", "torch.package", "torch.quantization",
    "torch.utils.benchmark", "torch.utils.bottleneck", "torch.utils.cpp_extension",
    "torch.utils.mobile_optimizer", "torch.utils.model_zoo",
)  # fmt: skip


def do_import(runtime: Runtime, node: ast.Import | ast.ImportFrom) -> None:
    scope = runtime.state.scope
    for alias in node.names:
        if isinstance(node, ast.Import):
            # `import torch.nn` binds torch
            first = alias.name.partition(".")[0]
            found = _module(runtime, alias.name)
            whole = Namespace(first) if first in runtime.library.modules else Absent(first)
            scope.bind(alias.asname or first, found if alias.asname else whole)
            continue
        if node.level:
            raise Refused("import", "." * node.level)
        module = node.module or ""
        if alias.name == "*":
            _import_all(runtime, module)
            continue
        if module == "__future__" and f"{module}.{alias.name}" not in runtime.library.names:
            words = f"future feature {alias.name} is not defined"
            raise SyntaxError(words, ("", node.lineno, 1, ""))
        if (module, alias.name) == ("__future__", "annotations"):
            runtime.belongings.postponed = True
        scope.bind(alias.asname or alias.name, _named(runtime, module, alias.name))


def _module(runtime: Runtime, path: str) -> Any:
    if path in runtime.library.modules:
        return Namespace(path)
    if path in runtime.library.names:  # matplotlib.cm, which stands for itself
        return runtime.attributes.named(path)
    return _absent(runtime, path)


def import_module(runtime: Runtime, name: Any, package: Any = None) -> Any:
    """importlib.import_module"""
    if not isinstance(name, str) or name.startswith("."):
        raise Refused("call", "importlib.import_module(…)")
    return _module(runtime, name)


def import_by_name(
    runtime: Runtime, name: Any, globals: Any = None, locals: Any = None,
    fromlist: Any = (), level: Any = 0,
) -> Any:  # fmt: skip
    """__import__"""
    if not isinstance(name, str) or level != 0:
        raise Refused("call", "__import__(…)")
    found, first = _module(runtime, name), name.partition(".")[0]
    return found if fromlist or first not in runtime.library.modules else Namespace(first)


def find_spec(runtime: Runtime, name: Any, package: Any = None) -> Any:
    """importlib.util.find_spec, by which a program asks whether a package is there. What it gets of
    one that is has no further use; it gets None of one that is not."""
    if not isinstance(name, str) or name.startswith("."):
        raise Refused("call", "importlib.util.find_spec(…)")
    known = name in runtime.library.modules or name in sys.stdlib_module_names
    return Absent("importlib.machinery.ModuleSpec") if known or name in sys.modules else None


def _named(runtime: Runtime, module: str, name: str) -> Any:
    path = f"{module}.{name}"
    if module == "__main__":  # as texts do that are timed
        if name not in runtime.observer.variables:
            words = f"cannot import name {name!r} from '__main__' (unknown location)"
            raise ImportError(words)
        return runtime.observer.variables[name]
    is_module = path in runtime.library.modules
    if is_module and not isinstance(runtime.library.names.get(path), Function):
        return Namespace(path)
    if path in runtime.library.names:  # torch.autograd.gradcheck is also a module
        return runtime.attributes.named(path)
    return _absent(runtime, path)


def _absent(runtime: Runtime, path: str) -> Absent:
    """A stand-in for what is not here, with a warning in Python's own words.

    Raises:  Refused, for a part of torch that is not public
             ModuleNotFoundError, for what is no package that we know
    """
    first = path.partition(".")[0]
    if path.startswith("torch.utils.tensorboard"):  # which needs a package that is not here
        first = "tensorboard"
    if first == "torch" and _is_public(path):
        return Absent(path)
    if first == "torch" or first.startswith("_") or first == "autograd_explorer":
        raise Refused("import", path)
    words = f"No module named {first!r}"
    if first not in _KNOWN:
        raise ModuleNotFoundError(words, name=first)
    if getattr(runtime.state.at, "is_guarded", False):  # try: import … except ImportError: …
        raise ModuleNotFoundError(words, name=first)
    module, _, name = path.rpartition(".")
    if module in runtime.library.modules:
        words = f"cannot import name {name!r} from {module!r}"
    hear("ImportWarning", words)
    return Absent(path)


def _is_public(path: str) -> bool:
    """Whether a path leads to a public part of torch, so that importing it alone is no mistake."""
    module, _, name = path.rpartition(".")
    known = path in sys.modules or name in sys.modules.get(module, sys).__dict__
    known = known or f"{path}.".startswith(tuple(f"{part}." for part in _UNLOADED))
    return known and not any(part.startswith("_") for part in path.split("."))


def _import_all(runtime: Runtime, module: str) -> None:
    """from module import *: what the module itself would hand out, as far as the library has it."""
    if module not in runtime.library.modules:
        raise Refused("import", f"{module}.*")
    runtime.belongings.stars.append(module)
    real = sys.modules.get(module)
    names = getattr(real, "__all__", None) or [name for name in dir(real) if name[0] != "_"]
    for name in names:
        path = f"{module}.{name}"
        if path in runtime.library.names:
            runtime.state.scope.bind(name, runtime.attributes.named(path))
        elif path in runtime.library.modules:
            runtime.state.scope.bind(name, Namespace(path))


# Modules whose names are all known. A name that is not among them is a mistake, which gets Python's
# AttributeError; other names that a program may not use are refused as such.
_KNOWN_WHOLE = frozenset(
    """
    torch torch.nn torch.nn.functional torch.nn.init torch.nn.utils torch.optim torch.autograd
    torch.func torch.linalg torch.optim.lr_scheduler torch.distributions numpy numpy.linalg
    numpy.random math random itertools functools collections time
    """.split()
)


# What NumPy says of names that it once had.
_OF_OLD_NUMPY: dict[str, str] = {
    **{name: str(words) for name, words in np.__former_attrs__.items()},
    **{
        name: f"`np.{name}` was removed in the NumPy 2.0 release. {words}"
        for name, words in np.__expired_attributes__.items()
    },
}


def at_path(runtime: Runtime, module: Namespace, name: str) -> Any:
    """torch.nn.Linear and the like: by the dotted names of the library."""
    path = f"{module.path}.{name}"
    if path in runtime.library.names:
        return runtime.attributes.named(path)
    if path in runtime.library.modules:
        return Namespace(path)
    known = dir(sys.modules[module.path]) if module.path in _KNOWN_WHOLE else (name,)
    if name not in known and not _is_public(path):
        words = f"module {module.path!r} has no attribute {name!r}"
        if module.path == "numpy":
            words = _OF_OLD_NUMPY.get(name, words)
        raise AttributeError(words)
    raise Refused("name", path)
