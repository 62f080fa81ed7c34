"""The names by which a program can reach its tensors."""

from collections.abc import Iterable, Mapping
from typing import Any

from torch import Tensor, nn

from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.torch_internals import is_wrapped, parameters_of


def names_of_tensors(scopes: Iterable[Mapping[str, Any]]) -> dict[str, Tensor]:
    """Tensors that a variable leads to, by paths such as "model.weight" and "losses[0]"."""
    names: dict[str, Tensor] = {}
    inside: dict[int, list[tuple[str, nn.Parameter]]] = {}  # a function has the same module, often
    for scope in scopes:
        for name, value in scope.items():
            if isinstance(value, Tensor):
                names[name] = value
            elif isinstance(value, nn.Module) and name != "self":
                own = inside.get(id(value))
                if own is None:
                    own = inside[id(value)] = parameters_of(value)
                for path, parameter in own:
                    names[f"{name}.{path}"] = parameter
            elif isinstance(value, (list, tuple)) and len(value) <= 1000:
                for i, item in enumerate(value):
                    if isinstance(item, Tensor):
                        names[f"{name}[{i}]"] = item
                    elif isinstance(item, (list, tuple)) and len(item) <= 10:
                        for k, part in enumerate(item):
                            if isinstance(part, Tensor):
                                names[f"{name}[{i}][{k}]"] = part
    return names


def node_of_last(tensors: Iterable[Tensor]) -> Any:
    """The grad_fn of the last tensor that has one."""
    held = [node_of(t) for t in tensors if node_of(t) is not None and not is_wrapped(t)]
    return held[-1] if held else None


def names_of_kept(scopes: Iterable[Mapping[str, Any]]) -> dict[str, Tensor]:
    """Those, and the tensors in dictionaries and in attributes of objects."""
    scopes = list(scopes)
    inside: dict[str, Any] = {}
    for scope in scopes:
        for name, value in scope.items():
            own = value if isinstance(value, dict) else getattr(value, "__dict__", None)
            if isinstance(own, dict) and not isinstance(value, Tensor | type) and len(own) <= 1000:
                inside |= {f"{name}.{key}": part for key, part in own.items() if type(key) is str}
    return names_of_tensors((*scopes, {k: v for k, v in inside.items() if not _is_module(v)}))


def _is_module(value: object) -> bool:
    return isinstance(value, nn.Module)
