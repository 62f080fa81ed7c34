"""The names that lead to modules written in the language itself."""

from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.language.library import drawing, files, looking, profiling, running_texts
from autograd_explorer.language.library.autograd_functions import saved_tensors_hooks
from autograd_explorer.language.library.entry import Function, OfRun
from autograd_explorer.language.library.process import autocast, cuda_autocast
from autograd_explorer.language.library.standard_functions import nothing
from autograd_explorer.language.written import HOMES, names_in, part, read_all

read_all()

# The paths under which a program imports a module, and its file in library/written/.
_FILES: Mapping[str, str] = {
    "IPython.display": "display",
    "argparse": "argparse",
    "collections": "collections",
    "contextlib": "contextlib",
    "csv": "csv",
    "fractions": "fractions",
    "functools": "dispatch",
    "inspect": "inspect",
    "io": "files",
    "logging": "logging",
    "matplotlib.animation": "animation",
    "matplotlib.colors": "colors",
    "matplotlib.pyplot": "pyplot",
    "matplotlib.ticker": "ticker",
    "numpy": "numpy_iteration",
    "pathlib": "pathlib",
    "tempfile": "tempfile",
    "torch.amp": "amp",
    "torch.amp.grad_scaler": "amp",
    "torch.autograd.graph": "graph_hooks",
    "torch.autograd.profiler": "profiler",
    "torch.func": "func",
    "torch.nn.parallel": "torch_modules",
    "torch.optim.swa_utils": "torch_modules",
    "torch.profiler": "profiler",
    "torch.utils._pytree": "pytree",
    "torch.utils.benchmark": "benchmark",
    "torch.utils.data": "data",
    "torch.utils.data.sampler": "data",
    "tqdm": "tqdm",
    "tqdm.auto": "tqdm",
    "tqdm.autonotebook": "tqdm",
    "tqdm.notebook": "tqdm",
    "types": "types",
    "unittest": "unittest",
    "weakref": "weak",
}
# What stands together in two files, by the module that it belongs to.
_OF_THREADS: Mapping[str, str] = {
    "concurrent.futures": "Future ThreadPoolExecutor as_completed",
    "queue": "Empty Full Queue",
    "threading": "Event Thread active_count current_thread get_ident main_thread",
}
_SMALL: Mapping[str, str] = {
    "contextlib": "AbstractContextManager closing",
    "glob": "glob",
    "platform": "machine processor python_version system",
    "pprint": "PrettyPrinter",
    "shutil": "copyfile rmtree",
    "string": "Template capwords",
    "threading": "Lock RLock",
    "timeit": "Timer default_timer repeat timeit",
    "typing": "NewType TypedDict",
    "typing_extensions": "NewType TypedDict",
    "uuid": "UUID uuid1 uuid4",
}
_GIVEN: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "benchmark": running_texts.FUNCTIONS,
    "dispatch": looking.FUNCTIONS,
    "files": files.FUNCTIONS,
    "graph_hooks": {"opened": saved_tensors_hooks},
    "inspect": looking.FUNCTIONS,
    "logging": {"place_now": looking.place_now},
    "small": running_texts.FUNCTIONS,
    "unittest": {"names_of_the_program": lambda runtime: dict(runtime.observer.variables)},
    "profiler": profiling.FUNCTIONS,
    "pyplot": drawing.FUNCTIONS,
}
NAMES: dict[str, object] = {
    f"{path}.{name}": OfRun(part(file, name, _GIVEN.get(file, {})))
    for path, file in _FILES.items()
    for name in names_in(file)
} | {
    "matplotlib.lines.Line2D": OfRun(part("handles", "Line2D")),
    **{
        f"matplotlib.patches.{name}": OfRun(part("handles", name))
        for name in names_in("handles")
        if name != "Line2D"
    },
    **{
        f"{module}.{name}": OfRun(part("small", name, running_texts.FUNCTIONS))
        for module, names in _SMALL.items()
        for name in names.split()
    },
    **{f"numpy.{name}": OfRun(part("numpy_files", name)) for name in names_in("numpy_files")},
    **{
        f"{module}.{name}": OfRun(part("threads", name))
        for module, names in _OF_THREADS.items()
        for name in names.split()
    },
    **{
        f"torch.optim.optimizer.{name}": OfRun(part("optimizer_parts", name))
        for name in ("_use_grad_for_differentiable", "_disable_dynamo_if_unsupported")
    },
    "torch.autograd.profiler.profile": OfRun(
        part("profiler", "AutogradProfile", profiling.FUNCTIONS)
    ),
    "torch.GradScaler": OfRun(part("amp", "GradScaler")),
    "torch.nn.DataParallel": OfRun(part("torch_modules", "DataParallel")),
    "torch.amp.autocast": Function(autocast, "special"),
    "torch.cuda.amp.GradScaler": OfRun(part("amp", "CudaGradScaler")),
    "torch.cuda.amp.grad_scaler.GradScaler": OfRun(part("amp", "CudaGradScaler")),
    "torch.cuda.amp.autocast": Function(cuda_autocast, "special"),
    "matplotlib.gridspec.GridSpec": OfRun(part("pyplot", "GridSpec", drawing.FUNCTIONS)),
    "matplotlib.use": Function(nothing, "special"),
    **{
        f"matplotlib.{name}": OfRun(part("pyplot", name, drawing.FUNCTIONS))
        for name in ("cm", "get_backend", "rcParams", "style")
    },
}
HOMES.update(
    {(file, name): (path, name) for path, file in _FILES.items() for name in names_in(file)}
)
for _file, _names in (("small", _SMALL), ("threads", _OF_THREADS)):
    for _path, _several in _names.items():
        HOMES.update({(_file, name): (_path, name) for name in _several.split()})
HOMES.update({("abc_mixins", n): ("collections.abc", n) for n in names_in("abc_mixins")})
HOMES["amp", "CudaGradScaler"] = ("torch.cuda.amp", "GradScaler")
HOMES["pathlib", "Path"] = ("pathlib", "PosixPath")
