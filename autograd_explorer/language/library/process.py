"""What PyTorch keeps for a process, as one run has it: seeds, defaults, devices that are not there.

Each function takes the Runtime as its first argument.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from autograd_explorer.errors import Refused
from autograd_explorer.language.functions import UserFunction
from autograd_explorer.language.heard_warnings import hear
from autograd_explorer.language.library.context_functions import as_it_is
from autograd_explorer.language.library.entry import Function
from autograd_explorer.language.library.standard_functions import answering, as_value, nothing
from autograd_explorer.language.library.tensor_functions import manual_seed
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone
from autograd_explorer.language.values import size_of


def _special(call: Callable[..., Any]) -> Function:
    return Function(call, "special")


def _alone(runtime: Runtime, name: str) -> None:
    if not be_alone(runtime):
        raise Refused("call", name)


def set_print_options(runtime: Runtime, *args: Any, **options: Any) -> None:
    _alone(runtime, "torch.set_printoptions")
    given = [size_of(value) for value in (*args, *options.values())]
    if any(isinstance(value, int) and value > _MOST_SHOWN for value in given):
        raise runtime.budget.stop("printed_chars")
    torch.set_printoptions(*args, **options)


_MOST_SHOWN = 10_000


def set_default_dtype(runtime: Runtime, d: Any, /) -> None:
    _alone(runtime, "torch.set_default_dtype")
    torch.set_default_dtype(d)


def set_default_tensor_type(runtime: Runtime, t: Any, /) -> None:
    _alone(runtime, "torch.set_default_tensor_type")
    cls = t.cls if isinstance(t, Function) else t
    types = torch.DoubleTensor, torch.FloatTensor, "torch.DoubleTensor", "torch.FloatTensor"
    if not isinstance(cls, type | str) or cls not in types:
        raise Refused("call", "torch.set_default_tensor_type(…)")
    torch.set_default_tensor_type(cls)


def set_default_device(runtime: Runtime, device: Any) -> None:
    """Only the CPU has numbers to compute with, and it is the default already."""
    runtime.calls.check_device(device)
    if torch.device(device).type == "meta":
        raise Refused("device", "meta")


def set_anomaly(runtime: Runtime, mode: Any, check_nan: Any = True) -> Any:
    """Takes effect at once; in a `with`, until the block ends."""
    _alone(runtime, "torch.autograd.set_detect_anomaly")
    before = torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()
    torch.autograd.set_detect_anomaly(bool(mode), bool(check_nan))
    return _anomaly(bool(mode), bool(check_nan), before)


@contextmanager
def _anomaly(
    mode: bool, check_nan: bool, before: tuple[bool, bool] | None = None
) -> Iterator[None]:
    before = before or (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled())
    torch.autograd.set_detect_anomaly(mode, check_nan)
    try:
        yield
    finally:
        torch.autograd.set_detect_anomaly(*before)


def detect_anomaly(runtime: Runtime, check_nan: Any = True) -> Any:
    _alone(runtime, "torch.autograd.detect_anomaly")
    return _anomaly(True, bool(check_nan))


def get_rng_state(runtime: Runtime) -> Any:
    return runtime.calls.made(runtime.randomness.source_of(runtime.randomness.own).get_state())


def set_rng_state(runtime: Runtime, new_state: Any) -> None:
    runtime.randomness.source_of(runtime.randomness.own).set_state(new_state)


def initial_seed(runtime: Runtime) -> int:
    return runtime.randomness.source_of(runtime.randomness.own).initial_seed()


def seed(runtime: Runtime) -> int:
    return runtime.randomness.source_of(runtime.randomness.own).seed()


@contextmanager
def _forked(runtime: Runtime) -> Iterator[None]:
    generator = runtime.randomness.own
    before = generator.get_state()
    try:
        yield
    finally:
        generator.set_state(before)


def fork_rng(runtime: Runtime, *args: Any, **options: Any) -> Any:
    return _forked(runtime)


def compile(runtime: Runtime, model: Any = None, **options: Any) -> Any:
    """The same function uncompiled: it gives the same numbers."""
    return as_value(runtime, lambda function: function) if model is None else model


def compile_module(runtime: Runtime, module: Any, *args: Any, **options: Any) -> None:
    """module.compile(…): it goes on as it is."""


def as_nothing(runtime: Runtime, *args: Any, **options: Any) -> Any:
    """A block in which other devices, or other ways to the same numbers, would be used."""
    return nullcontext()


def attention_kernel(runtime: Runtime, backends: Any, set_priority: Any = False) -> Any:
    """with sdpa_kernel(…): which of PyTorch's ways to compute attention are open to it."""
    _alone(runtime, "torch.nn.attention.sdpa_kernel")
    chosen = backends if isinstance(backends, list) else [backends]
    return sdpa_kernel(chosen, set_priority=bool(set_priority))


def script(runtime: Runtime, obj: Any, *args: Any, **options: Any) -> Any:
    """torch.jit.script of a function: the same function as it is, which gives the same numbers. A
    module would come back as one of another class."""
    if not isinstance(obj, UserFunction):
        raise Refused("call", "torch.jit.script(…)")
    return obj


_NO_CUDA = "CUDA is not available or torch_xla is imported. Disabling autocast."


def autocast(
    runtime: Runtime,
    device_type: Any,
    dtype: Any = None,
    enabled: Any = True,
    cache_enabled: Any = None,
) -> Any:
    there = device_type == "cpu"
    if device_type == "cuda" and enabled:
        hear("UserWarning", _NO_CUDA)
    return torch.autocast("cpu", dtype=dtype if there else None, enabled=bool(enabled) and there)


def cuda_autocast(runtime: Runtime, enabled: Any = True, **options: Any) -> Any:
    """torch.cuda.amp.autocast"""
    words = "`torch.cuda.amp.autocast(args...)` is deprecated. "
    hear("FutureWarning", words + "Please use `torch.amp.autocast('cuda', args...)` instead.")
    if enabled:
        hear("UserWarning", _NO_CUDA)
    return torch.autocast("cpu", enabled=False)


_NOTHING = _special(nothing)
_NEVER = _special(answering(False))
NAMES: dict[str, object] = {
    "torch.autocast": _special(autocast),
    "torch.autograd.detect_anomaly": _special(detect_anomaly),
    "torch.autograd.set_detect_anomaly": _special(set_anomaly),
    **{
        f"torch.backends.{name}": _special(as_nothing)
        for name in "cudnn.flags mkldnn.flags opt_einsum.flags".split()
    },
    "torch.compile": _special(compile),
    "torch._dynamo.reset": _NOTHING,
    "torch.compiler.disable": _special(as_it_is),
    **{
        f"torch.compiler.is_{what}": _NEVER
        for what in ("compiling", "dynamo_compiling", "exporting")
    },
    "torch.compiler.reset": _NOTHING,
    "torch.nn.attention.sdpa_kernel": _special(attention_kernel),
    **{
        f"torch.nn.attention.SDPBackend.{name}": backend
        for name, backend in SDPBackend.__members__.items()
    },
    **{f"torch.jit.{name}": _special(script) for name in ("export", "ignore", "script")},
    "torch.get_default_device": Function(torch.get_default_device, "plain"),
    "torch.get_rng_state": _special(get_rng_state),
    "torch.initial_seed": _special(initial_seed),
    **{f"torch.jit.{name}": _special(as_it_is) for name in ("export", "ignore", "unused")},
    "torch.jit.annotate": Function(torch.jit.annotate, "plain"),
    "torch.jit.is_scripting": _NEVER,
    "torch.onnx.is_in_onnx_export": _NEVER,
    "torch.jit.is_tracing": _NEVER,
    "torch.random.fork_rng": _special(fork_rng),
    "torch.random.get_rng_state": _special(get_rng_state),
    "torch.random.initial_seed": _special(initial_seed),
    "torch.random.manual_seed": _special(manual_seed),
    "torch.random.seed": _special(seed),
    "torch.random.set_rng_state": _special(set_rng_state),
    "torch.seed": _special(seed),
    "torch.set_default_device": _special(set_default_device),
    "torch.set_default_dtype": _special(set_default_dtype),
    "torch.set_default_tensor_type": _special(set_default_tensor_type),
    "torch.set_flush_denormal": _special(answering(True)),
    "torch.set_float32_matmul_precision": _NOTHING,
    "torch.set_num_threads": _NOTHING,
    "torch.set_printoptions": _special(set_print_options),
    "torch.set_rng_state": _special(set_rng_state),
    "torch.use_deterministic_algorithms": _NOTHING,
}
