"""What PyTorch answers about devices that are not there: as on a machine with a CPU alone, whatever
this machine has."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NoReturn

import torch

from autograd_explorer.language.library.entry import Function, OfRun
from autograd_explorer.language.library.standard_functions import answering, nothing
from autograd_explorer.language.runtime import Runtime


def _special(call: Callable[..., Any]) -> Function:
    return Function(call, "special")


def _failing(error: type[Exception], words: str) -> Function:
    def call(runtime: Runtime, *args: Any, **options: Any) -> NoReturn:
        raise error(words)

    return _special(call)


def _with_each(path: str, names: str, entry: Callable[[], object]) -> dict[str, object]:
    return {f"torch.{path}.{name}": entry() for name in names.split()}


_CURRENT = (
    "current_device current_stream get_device_capability get_device_name get_device_properties "
    "get_rng_state init initial_seed mem_get_info set_per_process_memory_fraction synchronize"
)
_COUNTS = "device_count max_memory_allocated max_memory_reserved memory_allocated memory_reserved"
_NEVER = "is_available is_bf16_supported is_initialized is_tf32_supported"
_DONE = "empty_cache manual_seed manual_seed_all seed seed_all"


def _of_device(name: str, current: str) -> dict[str, object]:
    """The functions of torch.cuda and torch.xpu, built without that device."""
    words = f"Torch not compiled with {name.upper()} enabled"
    return {
        **_with_each(name, _NEVER, lambda: _special(answering(False))),
        **_with_each(name, _COUNTS, lambda: _special(answering(0))),
        **_with_each(name, _DONE, lambda: _special(nothing)),
        **_with_each(name, current, lambda: _failing(AssertionError, words)),
        **_with_each(name, "get_arch_list get_rng_state_all", lambda: _special(_empty(list))),
        f"torch.{name}.memory_stats": _special(_empty(OrderedDict)),
    }


def _empty(kind: type) -> Callable[..., Any]:
    def call(runtime: Runtime, *args: Any, **options: Any) -> Any:
        return kind()

    return call


_NO_ACCELERATOR = "Cannot access accelerator device when none is available."
_NO_RESET = "module 'torch._C' has no attribute '_cuda_resetPeakMemoryStats'"

# Settings without an effect here, which a program may read and assign.
SWITCHES: dict[str, Any] = {
    "torch.backends.cudnn.allow_tf32": True,
    "torch.backends.cudnn.benchmark": False,
    "torch.backends.cudnn.benchmark_limit": None,
    "torch.backends.cudnn.deterministic": False,
    "torch.backends.cudnn.enabled": True,
    "torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction": True,
    "torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction": True,
    "torch.backends.cuda.matmul.allow_tf32": False,
    "torch.backends.cuda.matmul.fp32_precision": "none",
    "torch.backends.mkldnn.enabled": True,
    "torch.backends.opt_einsum.enabled": False,
    "torch.backends.opt_einsum.strategy": None,
    **{
        f"torch._dynamo.config.{name}": value
        for name, value in {
            "cache_size_limit": 8,
            "capture_dynamic_output_shape_ops": False,
            "capture_scalar_outputs": False,
            "recompile_limit": 8,
            "suppress_errors": False,
            "verbose": False,
        }.items()
    },
    **{
        f"torch._inductor.config.{name}": value
        for name, value in {
            "coordinate_descent_tuning": False,
            "fx_graph_cache": True,
            "max_autotune": False,
        }.items()
    },
    "torch._functorch.config.donated_buffer": False,
}


def _switch(path: str, value: Any) -> OfRun:
    return OfRun(lambda runtime: runtime.belongings.switches.get(path, value))


_ANSWERS: dict[str, Any] = {
    "torch.accelerator.current_accelerator": None,
    "torch.accelerator.device_count": 0,
    "torch.accelerator.is_available": False,
    "torch.backends.cuda.cudnn_sdp_enabled": True,
    "torch.backends.cuda.flash_sdp_enabled": True,
    "torch.backends.cuda.is_built": False,
    "torch.backends.cuda.is_flash_attention_available": False,
    "torch.backends.cuda.math_sdp_enabled": True,
    "torch.backends.cuda.mem_efficient_sdp_enabled": True,
    "torch.backends.cudnn.is_available": False,
    "torch.backends.cudnn.version": None,
    "torch.backends.mps.is_available": False,
    "torch.backends.mps.is_built": False,
    "torch.cpu.current_device": "cpu",
    "torch.cpu.device_count": 1,
    "torch.cpu.is_available": True,
    "torch.cpu.is_initialized": True,
    "torch.cuda.get_gencode_flags": "",
    "torch.mps.device_count": 0,
    "torch.mps.is_available": False,
    "torch.mtia.device_count": 0,
    "torch.mtia.is_available": False,
}
_NOTHING = """
    torch.backends.cuda.enable_cudnn_sdp torch.backends.cuda.enable_flash_sdp
    torch.backends.cuda.enable_math_sdp torch.backends.cuda.enable_mem_efficient_sdp
    torch.cpu.synchronize torch.mps.manual_seed
"""
NAMES: dict[str, object] = {
    **_of_device("cuda", _CURRENT + " cudart current_blas_handle default_stream ipc_collect"),
    **_of_device("xpu", _CURRENT + " set_device set_stream"),
    **{path: _special(answering(value)) for path, value in _ANSWERS.items()},
    **{path: _special(nothing) for path in _NOTHING.split()},
    **{path: _switch(path, value) for path, value in SWITCHES.items()},
    **{
        f"torch.cuda.{name}": _failing(AttributeError, _NO_RESET)
        for name in "reset_max_memory_allocated reset_peak_memory_stats".split()
    },
    "torch.cuda.set_device": _failing(
        AttributeError, "module 'torch._C' has no attribute '_cuda_setDevice'"
    ),
    "torch.cuda.memory_summary": _failing(KeyError, "allocated_bytes.all.current"),
    **{
        f"torch.accelerator.{name}": _failing(RuntimeError, _NO_ACCELERATOR)
        for name in (
            "current_device_index current_stream empty_cache max_memory_allocated "
            "memory_allocated set_device_index synchronize"
        ).split()
    },
    **{
        f"torch.mps.{name}": _failing(
            RuntimeError, f"Cannot execute {words}() without MPS backend."
        )
        for name, words in {
            "current_allocated_memory": "getCurrentAllocatedMemory",
            "driver_allocated_memory": "getDriverAllocatedMemory",
            "empty_cache": "emptyCache",
            "synchronize": "deviceSynchronize",
        }.items()
    },
    # What is asked of this machine itself.
    **{
        f"torch.__config__.{name}": Function(getattr(torch.__config__, name), "plain")
        for name in ("parallel_info", "show")
    },
    **{
        f"torch.backends.{name}.is_available": Function(
            getattr(torch.backends, name).is_available, "plain"
        )
        for name in ("mkl", "mkldnn", "openmp", "opt_einsum")
    },
    "torch.backends.cpu.get_cpu_capability": Function(
        torch.backends.cpu.get_cpu_capability, "plain"
    ),
    "torch.compiled_with_cxx11_abi": Function(torch.compiled_with_cxx11_abi, "plain"),
    "torch.distributed.is_available": Function(torch.distributed.is_available, "plain"),
    "torch.distributed.is_initialized": _special(answering(False)),
    "torch.version.__version__": torch.__version__,
    "torch.version.git_version": torch.version.git_version,
    **{f"torch.version.{name}": None for name in ("cuda", "hip", "xpu")},
    "torch.version.debug": False,
}
