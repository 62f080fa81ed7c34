"""The private names of PyTorch that this project imports, or reads of nodes and tensors.

PyTorch may change these from one release to the next. They stand in one file, so that a new
release needs one file read, and tests/core/test_torch_internals.py asks of each whether it is
still what is said here. No other file of the engine reads a private name of
PyTorch, which the same tests check; language/library/torch_names.py lists those that a learner's
program may spell. The file imports nothing of ours; every house may import it.
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch._C._autograd import SavedTensor
from torch._functorch.autograd_function import VmapInfo, WrappedCtx
from torch._functorch.pyfunctorch import temporarily_clear_interpreter_stack
from torch._guards import TracingContext
from torch.autograd.function import BackwardCFunction
from torch.multiprocessing.reductions import StorageWeakRef
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.utils import parametrize
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry
from torch.utils.hooks import RemovableHandle

__all__ = [
    "ADAPTIVE_OUTPUT",
    "ADAPTIVE_POOLS",
    "ASSERTIONS",
    "BATCH_NORMS",
    "COMMON_TYPES",
    "COMPILED",
    "CONVOLUTIONS",
    "DROPOUTS",
    "ENGINE_DOOR",
    "FANS_OF",
    "KERNELS_OF_OPTIMIZERS",
    "KEYS_THAT_DIFFER",
    "LAYOUT_OF_STATE",
    "LOSSES_TO_DERIVE_FROM",
    "MAKE_SUBCLASS",
    "NAMING",
    "OF_OPTIMIZERS",
    "POOLS",
    "REPEATED",
    "RETURNS_LIST",
    "SAVED_TENSOR",
    "STORES",
    "STORES_OF_HOOKS",
    "STORES_OF_PARTS",
    "SUM_RIGHTMOST",
    "TELLS_HOOKS",
    "WRAPPED_CONTEXT",
    "StorageWeakRef",
    "TorchDispatchMode",
    "VmapInfo",
    "acts_on_gradient",
    "ages_of",
    "bytes_of",
    "code_of_backward",
    "come_through_hook",
    "context_within",
    "flop_registry",
    "forget_parametrizations",
    "has_hooks",
    "has_lazy_parts",
    "has_one_output",
    "has_parts",
    "has_prehooks",
    "hooks_so_far",
    "is_being_compiled",
    "is_computed",
    "is_gone",
    "is_lazy",
    "is_made_by_function",
    "is_wrapped",
    "keys_of_dict",
    "length_of_list",
    "makes_new",
    "module_like",
    "modules_in",
    "name_of",
    "name_of_pruned",
    "names_of",
    "names_of_saved",
    "next_number",
    "note_as_called",
    "numbers_of",
    "output_shapes",
    "owner_and_version",
    "parameters_of",
    "part_named",
    "parts_of_module",
    "preserving_version",
    "print_options",
    "saved_attributes",
    "set_computed",
    "size_lazily",
    "storage_key",
    "stores_of",
    "unwrapped",
    "version_of",
    "weight_computed",
    "with_parameters",
    "without_transforms",
]  # fmt: skip

# Base classes of modules. PyTorch has no public name for what all convolutions share.
POOLS: tuple[type[Any], ...] = (nn.modules.pooling._MaxPoolNd, nn.modules.pooling._AvgPoolNd)
ADAPTIVE_POOLS = nn.modules.pooling._AdaptiveAvgPoolNd
CONVOLUTIONS = nn.modules.conv._ConvNd
# How many inputs and outputs each unit of a weight has; courses spell it.
FANS_OF: Any = nn.init._calculate_fan_in_and_fan_out
# What checks a program's own values, and raises errors of one kind each.
ASSERTIONS: dict[str, Any] = {
    name: getattr(torch, name)
    for name in (
        "_assert", "_assert_async", "_check", "_check_index", "_check_not_implemented",
        "_check_type", "_check_value",
    )
}  # fmt: skip
# What optimizers of one's own take from PyTorch's: which kernels there are, and paragraphs of
# documentation.
_OPTIMIZER = sys.modules["torch.optim.optimizer"]  # which torch.optim hides
OF_OPTIMIZERS: dict[str, Any] = {
    name: getattr(_OPTIMIZER, name)
    for name in (
        "_default_to_fused_or_foreach", "_get_value", "_stack_if_compiling", "_to_scalar",
        "_view_as_real", *[name for name in dir(_OPTIMIZER) if name.endswith("_doc")],
    )
}  # fmt: skip
KERNELS_OF_OPTIMIZERS: dict[str, Any] = {
    f"_get_{kind}_kernels_supported_devices": getattr(
        torch.utils._foreach_utils, f"_get_{kind}_kernels_supported_devices"
    )
    for kind in ("foreach", "fused")
}
# What layers of one's own write behind their arguments: `_size_2_t`.
COMMON_TYPES: dict[str, Any] = {
    name: value for name, value in torch.nn.common_types.__dict__.items() if name.endswith("_t")
}
# The number of a layout that a module's state_dict carries.
LAYOUT_OF_STATE = "_version"
# How distributions sum the dimensions of an event; flows of one's own spell it.
SUM_RIGHTMOST: Any = torch.distributions.utils._sum_rightmost
# What a node's `_raw_saved_…` is: hooks can be put on that one tensor.
SAVED_TENSOR: Any = torch._C._autograd.SavedTensor
# From the first, losses of one's own are made; the others are for settings that may be one number.
LOSSES_TO_DERIVE_FROM: dict[str, Any] = {
    name: getattr(nn.modules.loss, name) for name in ("_Loss", "_WeightedLoss")
}
REPEATED: dict[str, Any] = {
    name: getattr(nn.modules.utils, name) for name in ("_single", "_pair", "_triple", "_quadruple")
}
BATCH_NORMS = nn.modules.batchnorm._BatchNorm
DROPOUTS = nn.modules.dropout._DropoutNd
# What load_state_dict() returns.
KEYS_THAT_DIFFER: Any = nn.modules.module._IncompatibleKeys
# Where a module keeps what it holds, in the order of stores_of().
STORES = {"_parameters": 0, "_buffers": 1, "_modules": 2}
STORES_OF_PARTS = STORES["_modules"]
# Where a module keeps its hooks, by their numbers. Tutorials on pruning print them.
STORES_OF_HOOKS = frozenset(
    {"_backward_hooks", "_backward_pre_hooks", "_forward_hooks", "_forward_pre_hooks"}
)

# StorageWeakRef tells whether a tensor's memory has been freed, without keeping it; the public
# weakref of a tensor dies with the Python object, while a view may keep the memory.
# TorchDispatchMode sees every operation below autograd, and flop_registry knows how many
# multiplications it takes: together they tell what a call would cost, tried on the meta device.


def makes_new(operation: Any) -> list[bool]:
    """Of each result of an operation that a dispatch mode sees: whether it is a tensor of its own,
    and not an argument or a view of one."""
    return [returned.alias_info is None for returned in operation._schema.returns]


def names_of_saved(cls: type) -> list[str]:
    """The names of what nodes of one of PyTorch's own classes have saved, and of the same as what
    hooks can be put on. A custom Function's are its context's."""
    if issubclass(cls, torch.autograd.function.FunctionCtx):
        return []
    return [name for name in dir(cls) if name.startswith(("_saved_", "_raw_saved_"))]


# Nodes

_OF_LEAVES = 2**64 - 1  # the number that makes the engine run an AccumulateGrad at once


def name_of(node: Any) -> str:
    """A node's name without the C++ namespace that AccumulateGrad carries."""
    name: str = node.name()
    return name.rpartition("::")[2] if ":" in name else name


def names_of(nodes: Sequence[Any]) -> list[str]:
    """Of each node its name_of(), which all nodes of one of PyTorch's own classes share, where the
    class is called so."""
    known: dict[type, str] = {}
    names = []
    for node in nodes:
        cls = node.__class__
        name = known.get(cls)
        if name is None:
            name = name_of(node)
            if name == cls.__name__:
                known[cls] = name
        names.append(name)
    return names


def output_shapes(node: Any) -> tuple[tuple[int, ...], ...]:
    """The shapes of a node's forward outputs. Nothing public tells them before backward runs."""
    return tuple([tuple(output.shape) for output in node._input_metadata])


def output_kinds(node: Any) -> list[tuple[tuple[int, ...], torch.dtype]]:
    """The same with their types: of these a gradient has to be that a node is called with."""
    return [(tuple(output.shape), output.dtype) for output in node._input_metadata]


def has_one_output(node: Any) -> bool:
    """Whether a node's operation had one output, so that the node receives one gradient. To ask a
    node costs as much as a hook, so it is asked once of each class, except where the number may
    differ: of operations that return a list, and of classes that stand for several operations."""
    known = _HAVE_ONE_OUTPUT.get(node.__class__)
    if known is not None:
        return known
    found = len(node._input_metadata) == 1
    if have_one_number_of_outputs(node.__class__):
        _HAVE_ONE_OUTPUT[node.__class__] = found
    return found


def have_one_number_of_outputs(node_type: type) -> bool:
    """Whether all nodes of a class have as many outputs."""
    name = node_type.__name__
    return bool(_OF_ONE_OPERATION.fullmatch(name)) and not RETURNS_LIST.search(name)


_HAVE_ONE_OUTPUT: dict[type, bool] = {}
_OF_ONE_OPERATION = re.compile(r"[A-Z]\w*Backward\d+")
RETURNS_LIST = re.compile(r"Split|Unbind|Chunk|Foreach|Rnn|Lstm|Where")


def numbers_of(nodes: Sequence[Any]) -> list[int]:
    """A number for each node that is larger the later it was recorded. The engine runs the newest
    first by these numbers, and nothing public tells them."""
    return [node._sequence_nr() for node in nodes]


def ages_of(numbers: Sequence[int]) -> tuple[int, ...]:
    """For each of numbers_of() nodes, how many of these were recorded before it; -1 for an
    AccumulateGrad."""
    ages = [-1] * len(numbers)
    made = (i for i, number in enumerate(numbers) if number != _OF_LEAVES)
    for age, i in enumerate(sorted(made, key=numbers.__getitem__)):
        ages[i] = age
    return tuple(ages)


def saved_attributes(node_type: Any) -> tuple[tuple[str, str, str], ...]:
    """The attributes of a node's class that hold what its formula needs, each with its name in
    derivatives.yaml and the attribute that knows how it comes back, "" where nothing is a tensor:
    ("_saved_self", "self", "_raw_saved_self"), ….

    They are documented for debugging, but only as a prefix.
    """
    prefix = "_saved_"
    names = set(dir(node_type))
    return tuple(
        (name, name.removeprefix(prefix), f"_raw{name}" if f"_raw{name}" in names else "")
        for name in sorted(names)
        if name.startswith(prefix)
    )


# What is saved does not tell in older versions whether it comes back through a hook: whoever has to
# know is told when hooks are set (watching/watch.py).
TELLS_HOOKS = hasattr(SavedTensor, "unpack_hook")


def come_through_hook(raws: Iterable[Any]) -> bool:
    """Whether reading what is saved would call an unpack hook of the program, of the values of
    "_raw_saved_…" attributes. False where that cannot be known (TELLS_HOOKS)."""
    for raw in raws:
        if isinstance(raw, tuple):
            if come_through_hook(raw):
                return True
        elif getattr(raw, "unpack_hook", None) is not None:
            return True
    return False


# Through this function of torch.autograd go backward(), grad() and all that call them, under
# whatever name a program has imported those.
ENGINE_DOOR = "_engine_run_backward"


def is_made_by_function(node_type: Any) -> bool:
    """Whether a node's class stands for an autograd.Function that somebody has written."""
    return issubclass(node_type, BackwardCFunction)


# The name of a node that stands for a whole graph that torch.compile has made.
COMPILED = "CompiledFunctionBackward"


def is_gone(node: Any) -> bool:
    """Whether a node can no longer be asked for anything. In PyTorch 2.9, that of a written
    function goes with the tensor that it made, though somebody holds its grad_fn."""
    try:
        return node.metadata is None
    except RuntimeError:
        return True


def is_being_compiled() -> bool:
    """Whether torch.compile is at work on a function, which it runs with tensors without values."""
    return TracingContext.try_get() is not None


def code_of_backward(node: Any) -> Any:
    """The code of the backward of an autograd.Function that somebody has written."""
    function = getattr(type(node), "_forward_cls", None)
    return getattr(getattr(function, "backward", None), "__code__", None)


def has_prehooks(node: Any) -> bool:
    """Whether somebody has put hooks on a node itself that may replace what it receives. Nothing
    tells it but the handle of a further hook, which knows the dictionary that all are in."""
    handle = node.register_prehook(_nothing)
    try:
        return len(handle.hooks_dict_ref()) > 1
    finally:
        handle.remove()


def _nothing(gradients: Any) -> None:
    pass


def hooks_so_far() -> int:
    """How many hooks have been registered in this process, on whatever: each has such a handle."""
    return RemovableHandle.next_id


def has_hooks(tensor: Tensor) -> bool:
    """Whether Python hooks on a leaf may replace the gradient that it receives."""
    return bool(tensor._backward_hooks)


def acts_on_gradient(leaf: Tensor) -> bool:
    """Whether a Python hook runs once a leaf's .grad is filled, and may do anything with it."""
    return bool(leaf._post_accumulate_grad_hooks)


# The number of the next node that this thread records, as numbers_of() has them.
next_number: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]


# Tensors


def version_of(tensor: Tensor) -> int:
    """How often a tensor was modified in place: what autograd compares before backward."""
    return 0 if tensor.is_inference() else tensor._version


def owner_and_version(tensor: Tensor) -> tuple[Any, int]:
    """The tensor that a view is a view of, or itself if it is none, and the version they share. Of
    a tensor that inference_mode made nobody counts the versions: RuntimeError."""
    base = tensor._base
    owner = tensor if base is None else base
    return owner, owner._version


# The block may raise a tensor's version, which is afterwards what it was before.
preserving_version: Any = torch.autograd._unsafe_preserve_version_counter  # type: ignore[attr-defined]


# Whether a transform of torch.func has put a wrapper around a tensor. Every result is asked, so the
# name leads to PyTorch's function without another of ours around it.
is_wrapped: Callable[[Tensor], bool] = torch._C._functorch.is_functorch_wrapped_tensor


def unwrapped(tensor: Tensor) -> Tensor:
    """The tensor inside the wrappers that torch.func puts around it while it works."""
    while is_wrapped(tensor):
        tensor = torch._C._functorch.get_unwrapped(tensor)
    return tensor


# While torch.func works, even detach() would wrap what it returns; not inside this block.
without_transforms = temporarily_clear_interpreter_stack


def storage_key(storage: Any) -> int:
    """What identifies a storage for as long as it lives."""
    return int(storage._cdata)


def bytes_of(tensor: Tensor) -> int:
    """The memory of a tensor; of a sparse one, that of its indices and values."""
    if is_lazy(tensor):
        return 0
    try:
        return tensor.nbytes
    except RuntimeError:
        return 16 * tensor._nnz() * (1 + tensor.ndim) if tensor.layout == torch.sparse_coo else 0


# Modules. Their public iterators run methods of the module's class, which a program may have
# written; these look into the dictionaries where nn.Module keeps its parts. Before the program has
# called nn.Module's __init__ there are none, which counts as empty.

_STORES = ("_parameters", "_buffers", "_modules")
_NONE: dict[str, Any] = {}


def stores_of(module: nn.Module) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The parameters, buffers and modules directly inside a module, by name; None where a part
    has been taken away."""
    own = module.__dict__
    return own.get("_parameters", {}), own.get("_buffers", {}), own.get("_modules", {})


def part_named(module: nn.Module, name: str, otherwise: Any) -> Any:
    """What nn.Module finds under a name that is no plain attribute; `otherwise`, if nothing."""
    own = module.__dict__
    for store in _STORES:
        if name in own.get(store, ()):
            return own[store][name]
    return otherwise


# A module with a parametrization is of a class that PyTorch made for it, in which the weight is a
# property. A lazy module has no weights before its first input, and then becomes another class.


def is_computed(module: nn.Module, name: str) -> bool:
    cls = type(module)
    return cls.__module__ == "torch.nn.utils.parametrize" and isinstance(
        cls.__dict__.get(name), property
    )


def weight_computed(module: nn.Module, name: str) -> Tensor:
    return type(module).__dict__[name].fget(module)  # type: ignore[no-any-return]


def set_computed(module: nn.Module, name: str, value: Tensor) -> None:
    type(module).__dict__[name].fset(module, value)


def note_as_called(optimizer: torch.optim.Optimizer) -> None:
    """A schedule warns of an optimizer whose wrapped step() has not been called."""
    optimizer._opt_called = True  # type: ignore[attr-defined]


_UNINITIALIZED: Any = nn.parameter.UninitializedTensorMixin  # type: ignore[attr-defined]


def is_lazy(tensor: Tensor) -> bool:
    # Parameters ask a function of their own whether something is one.
    return tensor.__class__ not in _SIZED and isinstance(tensor, _UNINITIALIZED)


_SIZED = (Tensor, nn.Parameter)


def has_lazy_parts(module: nn.Module) -> bool:
    return isinstance(module, LazyModuleMixin) and module.has_uninitialized_params()


def size_lazily(module: Any, args: tuple[Any, ...]) -> None:
    module._infer_parameters(module, args)


def has_parts(module: nn.Module) -> bool:
    """Whether a name of the module stands for another module, or for one that was taken away."""
    return bool(module.__dict__.get("_modules"))


def parts_of_module(module: nn.Module) -> list[nn.Module]:
    """The modules directly inside a module."""
    return [part for part in module.__dict__.get("_modules", {}).values() if part is not None]


def parameters_of(module: nn.Module) -> list[tuple[str, nn.Parameter]]:
    """Every parameter of a module and of those in it, with its path."""
    found: list[tuple[str, nn.Parameter]] = []
    queue: list[tuple[str, nn.Module]] = [("", module)]
    seen: set[int] = set()
    for path, part in queue:  # grows while we walk it
        if id(part) in seen or not isinstance(part, nn.Module):
            continue
        seen.add(id(part))
        own = part.__dict__
        for name, parameter in own.get("_parameters", _NONE).items():
            if parameter is not None and id(parameter) not in seen:
                seen.add(id(parameter))
                found.append((path + name, parameter))
        parts = own.get("_modules")
        if parts:
            queue += [(f"{path}{name}.", child) for name, child in parts.items()]
    return found


def module_like(
    module: nn.Module,
    cls: Any,
    of_tensor: Callable[[Tensor], Tensor],
    of_module: Callable[[nn.Module], nn.Module],
) -> Any:
    """A module of a class, made without running its __init__, with the settings of another module
    and none of its hooks. Its parts are what the two functions make of the other's parts."""
    made = object.__new__(cls)
    bare = nn.Module().__dict__  # without hooks
    own = {name: value for name, value in module.__dict__.items() if name not in bare}
    made.__dict__.update({**bare, **own, "training": module.training})
    makers: tuple[Callable[[Any], Any], ...] = (of_tensor, of_tensor, of_module)
    for store, parts, make in zip(_STORES, stores_of(module), makers, strict=True):
        made.__dict__[store] = {
            name: None if part is None else make(part) for name, part in parts.items()
        }
    return made


# The holders of parts have no public way to what they hold that does not run the program's own
# methods. Before their __init__ has run, the first two raise PyTorch's AttributeError.


def modules_in(holder: nn.Module) -> dict[str, nn.Module]:
    """What a ModuleList, Sequential or ModuleDict holds, by name."""
    found: dict[str, Any] = holder._modules
    return found


def length_of_list(holder: nn.ParameterList) -> int:
    return holder._size


def keys_of_dict(holder: nn.ParameterDict) -> dict[str, None]:
    found: dict[str, None] = holder.__dict__.get("_keys", {})
    return found


def print_options() -> Any:
    """What torch.set_printoptions sets, for the whole process."""
    return torch._tensor_str.PRINT_OPTS


# The block runs with other tensors in place of a module's parameters, by their paths.
with_parameters = torch.nn.utils.stateless._reparametrize_module


def name_of_pruned(method: Any) -> str:
    """The parameter that a method of torch.nn.utils.prune works on: a tutorial looks for the hook
    of `weight` by it."""
    return str(method.__dict__.get("_tensor_name"))


def forget_parametrizations() -> None:
    """End parametrize.cached(), which counts its levels for the whole process."""
    parametrize._cache_enabled = 0
    parametrize._cache = {}


# What vmap gives an autograd.Function as ctx: it keeps the tensors itself, and everything else on
# the context inside. No public name leads to it.
WRAPPED_CONTEXT = WrappedCtx


def context_within(ctx: Any) -> Any:
    """The context of the node itself, inside those of vmap."""
    while isinstance(ctx, WrappedCtx):
        ctx = ctx._pt_inner_ctx
    return ctx


# The static method of Tensor that gives a class made from it a tensor's numbers. Recipes of tensor
# subclasses call it by this name.
MAKE_SUBCLASS = "_make_subclass"
# The method of a module that gives the name of its class. Programs that print a model call it.
NAMING = "_get_name"


# The named tuple that nn.AdaptiveLogSoftmaxWithLoss gives, which has no public name.
ADAPTIVE_OUTPUT = nn.modules.adaptive._ASMoutput
