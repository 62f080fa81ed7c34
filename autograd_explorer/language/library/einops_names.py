"""einops: its own functions, tried on the meta device before each call.

A pattern is text that einops parses, and what it says is done by PyTorch's reshape, permute, expand
and reductions; so the sizes are judged as those of any other function.
"""

import operator
from collections.abc import Callable
from typing import Any

import einops
import numpy as np
import torch
from einops.layers import torch as layers

from autograd_explorer.errors import Refused
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.numpy_names import given_to, kept
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import parts_of

# How long a pattern may be: einops keeps what it has parsed.
_MOST_WRITTEN = 500


def _has_arrays(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(isinstance(part, np.ndarray) for part in parts_of(value))
    return isinstance(value, np.ndarray)


def _as_meta(value: Any) -> Any:
    """What has the size of an array, and stands for it while a call is tried."""
    if isinstance(value, list | tuple):
        return type(value)([_as_meta(part) for part in value])
    return torch.empty(value.shape) if isinstance(value, np.ndarray) else value


def _checked(call: Any) -> Callable[..., Any]:
    """A function of einops. A reduction is a name: one of the program's would run twice,
    the first time on the meta device."""
    judged = Function(call, "measured")

    def run(runtime: Runtime, *args: Any, **options: Any) -> Any:
        for value in (*args, *options.values()):
            if isinstance(value, str) and len(value) > _MOST_WRITTEN:
                raise runtime.budget.stop("text_chars", f"{len(value):,}")
            if callable(value):
                raise Refused("call", f"einops.{call.__name__}(…)")
        if not any(map(_has_arrays, args)):
            return runtime.calls.call(judged, args, options)
        given = [given_to(runtime, value) for value in args]
        runtime.foresight.judge(judged, tuple(map(_as_meta, given)), options)
        return kept(runtime, call(*given, **options))

    run.__name__ = call.__name__
    return run


NAMES: dict[str, object] = {}
TABLES: dict[type, Members] = {}
for _name in ("einsum", "pack", "rearrange", "reduce", "repeat", "unpack"):
    NAMES[f"einops.{_name}"] = Function(_checked(getattr(einops, _name)), "special")
NAMES["einops.parse_shape"] = Function(einops.parse_shape, "plain")
NAMES["einops.__version__"] = einops.__version__
for _path in ("einops.EinopsError", "einops.einops.EinopsError"):
    NAMES[_path] = Function(einops.EinopsError, "class", einops.EinopsError)
for _cls in (layers.EinMix, layers.Rearrange, layers.Reduce):
    NAMES[f"einops.layers.torch.{_cls.__name__}"] = Function(_cls, "module", _cls)
    TABLES[_cls] = Members(
        attributes={n: operator.attrgetter(n) for n in ("axes_lengths", "pattern")}
    )
