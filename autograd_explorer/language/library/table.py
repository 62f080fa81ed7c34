"""All tables of names together. A program cannot reach any name that is not listed.

A name that a program spells is looked up in these tables, never on a Python object by getattr. So
it can lead only to entries that were written by hand.
"""

import sys
from collections.abc import Iterable, Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import BackwardCFunction, FunctionCtx
from torch.autograd.graph import Node
from torch.nn.utils import prune
from torch.nn.utils.rnn import pack_padded_sequence

from autograd_explorer.language import making_classes, snapshots
from autograd_explorer.language.datasets import Dataset, IterableDataset
from autograd_explorer.language.imports import import_by_name
from autograd_explorer.language.library import (
    autograd_functions,
    byte_functions,
    data_functions,
    devices,
    distributions,
    files,
    module_functions,
    more_standard,
    numpy_more,
    numpy_names,
    numpy_rest,
    optimizer_functions,
    packages,
    process,
    rest_names,
    saving,
    schedules,
    standard_names,
    tensor_functions,
    torch_rest,
    transforms,
    written_names,
)
from autograd_explorer.language.library import python_names as python
from autograd_explorer.language.library import torch_more as more
from autograd_explorer.language.library import torch_names as pytorch
from autograd_explorer.language.library.entry import Function, Library, Members, Namespace
from autograd_explorer.language.modules import Sequential
from autograd_explorer.torch_internals import MAKE_SUBCLASS, SAVED_TENSOR


def _special(call: object, cls: type | None = None) -> Function:
    return Function(call, "special", cls)  # type: ignore[arg-type]


def _under(path: str, entries: Mapping[str, object]) -> dict[str, object]:
    return {f"{path}.{name}": entry for name, entry in entries.items()}


_GRADS = {
    n: pytorch.TORCH[n] for n in "no_grad enable_grad inference_mode set_grad_enabled".split()
}
_NN = {**pytorch.MODULES, **more.MODULES, "Parameter": pytorch.PARAMETER}
_NN["Sequential"] = Function(Sequential, "module", Sequential)
_OPTIMIZERS = {
    n: _special(optimizer_functions.optimizer(c), c) for n, c in pytorch.OPTIMIZERS.items()
}
_FUNCTION = Function(torch.autograd.Function, "class", torch.autograd.Function)

_OPTIMIZER_CLASS = Function(torch.optim.Optimizer, "class", torch.optim.Optimizer)

# Every dotted path that a program can reach, but for those that follow from these.
_NAMES: Mapping[str, object] = {
    **rest_names.NAMES,
    **_under("torch", {**more.TORCH, **pytorch.TORCH}),
    **_under(
        "torch",
        {
            name: getattr(torch, name)
            for name in (*pytorch.DTYPES, *more.DTYPES, *more.MEMORY_FORMATS)
        },
    ),
    **_under(
        "torch",
        {
            name: Function(pytorch.old_constructor(cls, dtype), "sized", cls)
            for name, (cls, dtype) in more.TENSOR_TYPES.items()
        },
    ),
    **_under("torch.fft", more.FFT),
    **_under("torch.special", more.SPECIAL),
    **packages.NAMES,
    **process.NAMES,
    **devices.NAMES,
    **numpy_more.NAMES,
    **numpy_names.NAMES,
    **numpy_rest.NAMES,
    **distributions.NAMES,
    **written_names.NAMES,
    **_under("torch", {"inf": torch.inf, "nan": torch.nan, "pi": torch.pi, "e": torch.e}),
    "torch.device": _special(tensor_functions.device, torch.device),
    "torch.manual_seed": _special(tensor_functions.manual_seed),
    "torch.repeat_interleave": _special(tensor_functions.repeat_interleave),
    "torch.cov": _special(tensor_functions.correlated(torch.cov)),
    "torch.corrcoef": _special(tensor_functions.correlated(torch.corrcoef)),
    "torch.strided": torch.strided,
    "torch.testing.assert_close": _special(tensor_functions.assert_close),
    "torch.__version__": torch.__version__,
    **_under("torch.linalg", {**more.LINALG, **pytorch.LINALG}),
    **_under("torch.nn", _NN),
    "torch.nn.parameter.Parameter": pytorch.PARAMETER,
    **_under("torch.nn.functional", {**pytorch.FUNCTIONAL, **more.FUNCTIONAL}),
    "torch.nn.functional.one_hot": _special(tensor_functions.one_hot),
    **_under("torch.nn.init", {**more.INIT, **pytorch.INIT}),
    "torch.nn.init.trunc_normal_": _special(tensor_functions.init_trunc_normal),
    **_under("torch.nn.utils", pytorch.NN_UTILS),
    **_under("torch.optim", _OPTIMIZERS),
    **_under("torch.optim.lr_scheduler", schedules.NAMES),
    "torch.optim.Optimizer": _OPTIMIZER_CLASS,
    "torch.optim.optimizer.Optimizer": _OPTIMIZER_CLASS,
    "torch.utils.checkpoint.checkpoint_sequential": _special(transforms.checkpoint_sequential),
    **_under("torch.autograd", _GRADS),
    "torch.autograd.Function": _FUNCTION,
    "torch.autograd.function.Function": _FUNCTION,
    "torch.autograd.function.once_differentiable": _special(autograd_functions.once_differentiable),
    "torch.autograd.Variable": pytorch.VARIABLE,
    "torch.autograd.backward": _special(autograd_functions.autograd_backward),
    "torch.autograd.grad": _special(autograd_functions.autograd_grad),
    "torch.autograd.gradcheck": _special(autograd_functions.gradcheck),
    "torch.autograd.gradgradcheck": _special(autograd_functions.gradgradcheck),
    **_under(
        "torch.autograd.functional",
        {
            "hessian": _special(autograd_functions.hessian),
            "hvp": _special(autograd_functions.hvp),
            "jacobian": _special(transforms.jacobian),
            "jvp": _special(autograd_functions.jvp),
            "vhp": _special(autograd_functions.vhp),
            "vjp": _special(autograd_functions.vjp),
        },
    ),
    "torch.autograd.graph.Node": Function(Node, "class", Node),
    "torch.autograd.graph.register_multi_grad_hook": _special(autograd_functions.multi_grad_hook),
    "torch.autograd.graph.save_on_cpu": _special(autograd_functions.save_on_cpu),
    "torch.nn.utils.rnn.pad_sequence": _special(tensor_functions.pad_sequence),
    "torch.nn.utils.rnn.pack_padded_sequence": Function(pack_padded_sequence, "bounded"),
    "torch.nn.utils.rnn.pad_packed_sequence": _special(tensor_functions.pad_packed),
    "torch.utils.checkpoint.checkpoint": _special(transforms.checkpoint),
    "torch.vmap": _special(transforms.vmap),
    **_under(
        "torch.func",
        {
            "functional_call": _special(transforms.functional_call),
            "hessian": _special(transforms.hessian),
            "jacfwd": _special(transforms.jacfwd),
            "jacrev": _special(transforms.jacrev),
            "vmap": _special(transforms.vmap),
            "grad": _special(autograd_functions.func_grad),
            "grad_and_value": _special(autograd_functions.func_grad_and_value),
            "jvp": _special(autograd_functions.func_jvp),
            "vjp": _special(autograd_functions.func_vjp),
        },
    ),
    **_under("cmath", python.CMATH),
    **_under("math", python.MATH),
    **_under("copy", python.COPY),
    **standard_names.STANDARD,
    **more_standard.NAMES,
    **_under("torch.utils.data", data_functions.names()),
    **_under("torch.utils.data.dataset", data_functions.names()),
    **saving.NAMES,
    **byte_functions.NAMES,
}  # fmt: skip


def _where_defined(names: Mapping[str, object]) -> dict[str, object]:
    """The same entries under the public modules of PyTorch in which the things are defined:
    torch.nn.modules.conv.Conv2d, torch.optim.adam.Adam."""
    found: dict[str, object] = {}
    for path, entry in names.items():
        if not path.startswith("torch."):
            continue
        owner, _, name = path.rpartition(".")
        real = getattr(sys.modules.get(owner), name, None)
        module = getattr(real, "__module__", None) or ""
        public = module.startswith("torch.") and "._" not in module
        if public and getattr(sys.modules.get(module), name, None) is real:
            found[f"{module}.{name}"] = entry
    return found


def _tell_real_names(names: Mapping[str, object]) -> None:
    """Have our own functions shown as those of PyTorch's, NumPy's or Python's that they stand
    for."""
    for path, entry in names.items():
        owner, _, name = path.rpartition(".")
        real = getattr(sys.modules.get(owner), name, None)
        if isinstance(entry, Function) and entry.kind == "special" and hasattr(real, "__name__"):
            entry.stands_for(real)


_tell_real_names(_NAMES)
_OF_FUNCTORCH = "functionalize grad grad_and_value hessian jacfwd jacrev jvp vjp vmap"
NAMES: Mapping[str, object] = {
    **{f"functorch.{name}": _NAMES[f"torch.func.{name}"] for name in _OF_FUNCTORCH.split()},
    **_under("builtins", python.BUILTINS),
    **_where_defined(_NAMES),
    **_NAMES,
}
# The shorter paths, which an editor offers, but for what nobody needs who has a CPU alone.
OFFERED = frozenset(n for n in _NAMES if not n.startswith(packages.RARE)) - packages.NOT_OFFERED

# `cls.apply` of what a program makes from a class.
APPLY: Mapping[type, Function] = {
    torch.autograd.Function: _special(autograd_functions.function_apply),
    prune.BasePruningMethod: _special(torch_rest.apply_pruning),
}


def modules_of(names: Iterable[str]) -> frozenset[str]:
    """Every path that leads to a name."""
    several = (path.split(".") for path in names)
    return frozenset(".".join(parts[:i]) for parts in several for i in range(1, len(parts)))


MODULES = modules_of(NAMES)
BUILTINS: Mapping[str, object] = {
    **python.BUILTINS,
    "__builtins__": Namespace("builtins"),
    "__import__": _special(import_by_name),
    "input": _special(files.nobody_answers),
    "open": _special(files.open_file),
    "vars": _special(snapshots.variables),
}

_tell_real_names({f"builtins.{name}": entry for name, entry in BUILTINS.items()})

_TENSOR = pytorch.TENSOR.over(
    Members(
        methods={
            **more.METHODS,
            **rest_names.METHODS,
            "backward": _special(autograd_functions.tensor_backward),
            "data_ptr": _special(tensor_functions.tensor_data_ptr),
            "register_hook": _special(autograd_functions.tensor_hook),
            "register_post_accumulate_grad_hook": _special(
                autograd_functions.tensor_accumulate_hook
            ),
            "numpy": _special(tensor_functions.tensor_numpy),
            "repeat_interleave": _special(tensor_functions.repeat_interleave),
            "cov": _special(tensor_functions.correlated(torch.cov)),
            "corrcoef": _special(tensor_functions.correlated(torch.corrcoef)),
            "as_subclass": _special(making_classes.tensor_as),
            "to": _special(tensor_functions.tensor_to),
            "tolist": _special(tensor_functions.tensor_tolist),
            "type": _special(tensor_functions.tensor_type),
        }
    )
)
_CONTEXT = pytorch.CONTEXT.over(
    Members(methods={"save_for_backward": _special(autograd_functions.save_for_backward)})
)
_MODULE = pytorch.MODULE.over(
    Members(
        methods={
            "add_module": _special(module_functions.module_add_module),
            "cuda": rest_names.METHODS["cuda"],
            "apply": _special(module_functions.module_apply),
            "compile": _special(process.compile_module),
            "eval": _special(module_functions.module_eval),
            "get_parameter": _special(module_functions.module_get_parameter),
            "get_submodule": _special(module_functions.module_get_submodule),
            "load_state_dict": _special(module_functions.module_load_state_dict),
            "register_forward_hook": _special(module_functions.module_forward_hook),
            "register_backward_hook": _special(module_functions.module_old_backward_hook),
            "register_forward_pre_hook": _special(module_functions.module_forward_pre_hook),
            "register_full_backward_pre_hook": _special(module_functions.module_backward_pre_hook),
            "reset_parameters": _special(module_functions.module_reset),
            "register_full_backward_hook": _special(module_functions.module_backward_hook),
            "state_dict": _special(module_functions.module_state_dict),
            "forward": _special(module_functions.module_forward),
            "register_buffer": _special(module_functions.module_register_buffer),
            "register_module": _special(module_functions.module_add_module),
            "register_parameter": _special(module_functions.module_register_parameter),
            "extra_repr": Function(lambda module: module.extra_repr(), "plain"),
            "share_memory": Function(lambda module: module, "plain"),
            "to": _special(module_functions.module_to),
            "to_empty": _special(module_functions.module_to_empty),
            "type": _special(module_functions.module_to),
        }
    )
)
_OPTIMIZER = pytorch.OPTIMIZER.over(
    Members(
        setters=optimizer_functions.SETTERS,
        methods={
            "add_param_group": _special(optimizer_functions.optimizer_add_param_group),
            "load_state_dict": _special(optimizer_functions.optimizer_load_state_dict),
            "step": _special(optimizer_functions.optimizer_step),
            **{
                name: _special(optimizer_functions.step_hook(name))
                for name in ("register_step_pre_hook", "register_step_post_hook")
            },
        },
    )
)
_NODE = pytorch.NODE.over(
    Members(
        methods={
            "register_hook": _special(autograd_functions.node_hook),
            "register_prehook": _special(autograd_functions.node_pre_hook),
            "__call__": _special(autograd_functions.call_node),
        }
    )
)
_TABLES: Mapping[type, Members] = {
    **pytorch.TABLES,
    **python.TABLES,
    **byte_functions.TABLES,
    **standard_names.TABLES,
    **more_standard.TABLES,
    **data_functions.TABLES,
    **distributions.TABLES,
    **packages.TABLES,
    **schedules.TABLES,
    **snapshots.TABLES,
    **rest_names.TABLES,
    **numpy_more.TABLES,
    **numpy_rest.TABLES,
    np.ndarray: pytorch.TABLES[np.ndarray]
    .over(numpy_more.MORE_OF_ARRAYS)
    .over(numpy_rest.OF_ARRAYS),
    SAVED_TENSOR: Members(
        methods={"register_hooks": _special(autograd_functions.saved_tensor_hooks)}
    ),
    Tensor: _TENSOR,
    FunctionCtx: _CONTEXT,
    nn.Module: _MODULE,
    torch.optim.Optimizer: _OPTIMIZER,
}
for _cls, _members in _TABLES.items():
    for _name, _method in _members.methods.items():
        if _method.kind == "special" and hasattr(getattr(_cls, _name, None), "__name__"):
            _method.stands_for(getattr(_cls, _name))

# For each class that a program can name, its entry: it makes `type(x) is torch.Tensor` work.
ENTRY_OF: Mapping[type, Function] = {
    entry.cls: entry
    for entry in (*NAMES.values(), *BUILTINS.values())
    if isinstance(entry, Function) and entry.cls is not None
} | {Tensor: pytorch.TORCH["Tensor"]}  # Variable is one as well


# Functions whose first argument is a size, not a tensor that they work on.
CREATORS = frozenset(
    entry.call
    for name, entry in pytorch.TORCH.items()
    if entry.kind in ("sized", "random", "measured")
    and name not in ("tile", "broadcast_to", "bernoulli", "multinomial", "poisson", "normal")
    and name not in pytorch.SHARED_NAMES
)


def members_of(cls: type) -> Members:
    """What a program may reach on a value of this class, its bases included."""
    found = Members()
    for base in reversed(cls.__mro__):
        if base in _TABLES:
            found = _TABLES[base].over(found)
    if issubclass(cls, Node):
        found = found.over(_NODE).over(pytorch.saved_of(cls))
        if issubclass(cls, BackwardCFunction):
            found = Members(methods={"apply": found.methods["__call__"]}).over(found)
    if cls.__module__ == "torch.return_types":
        found = pytorch.RESULT.over(found)
    return found


STANDARD = Library(
    names=NAMES,
    modules=MODULES,
    builtins=BUILTINS,
    entry_of=ENTRY_OF,
    switches=frozenset(devices.SWITCHES),
    bases=frozenset({Dataset, IterableDataset}),
    apply=APPLY,
    creators=CREATORS,
    class_members={
        Tensor: {MAKE_SUBCLASS: _special(making_classes.make_subclass)},
        nn.Embedding: {"from_pretrained": _special(module_functions.from_pretrained)},
        **python.CLASS_MEMBERS,
        **standard_names.CLASS_MEMBERS,
        **rest_names.CLASS_MEMBERS,
        **distributions.CLASS_MEMBERS,
    },
    members_of=members_of,
)
