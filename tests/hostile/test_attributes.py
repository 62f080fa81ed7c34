"""The rule by which names are resolved, cell by cell, and that no way leads around it."""

import ast

import pytest
import torch
from torch import nn

import autograd_explorer as ax
from autograd_explorer.errors import Refused
from autograd_explorer.language.attribute_rules import READ, WRITE, kind_of_name, spelled_function
from autograd_explorer.language.budget.counters import Budget
from autograd_explorer.language.class_rules import (
    ARITHMETIC,
    OVERRIDES,
    SPECIAL_METHODS,
    VALUES,
)
from autograd_explorer.language.crossing import is_data
from autograd_explorer.language.functions import SuperView
from autograd_explorer.language.interpreter import Interpreter
from autograd_explorer.language.library import module_parts
from autograd_explorer.language.library.entry import Function, Namespace
from autograd_explorer.language.library.table import STANDARD
from autograd_explorer.language.modules import Sequential
from autograd_explorer.language.values import MISSING
from autograd_explorer.recording.recorder import Recorder

NAMES = {"public": "found", "private": "_found", "special": "__len__", "mangled": "__found"}
DEFINED = (
    "class Plain:\n    found = _found = 1\n    def __len__(self): return 1\n"
    "class Plainer(Plain): pass\n"
    "class Derived(torch.nn.Module):\n    found = 1\n    def __len__(self): return 1\n"
    "class MoreDerived(Derived): pass\n"
    "plain, derived, native = Plain(), Derived(), torch.nn.Linear(1, 1)\n"
    "plainer, more = Plainer(), MoreDerived()\n"
    "class F(torch.autograd.Function):\n"
    "    @staticmethod\n    def forward(ctx, x):\n        kept.append(ctx)\n        return x * 1\n"
    "def function(): pass\n"
    "kept = []\nF.apply(torch.ones(1, requires_grad=True))\n"
)


def fresh():
    budget = Budget(ax.DEFAULT)
    return Interpreter(budget, STANDARD, Recorder(budget, is_data))


@pytest.fixture
def running():
    """The interpreter after a program that has one owner of every kind."""
    interpreter = fresh()
    interpreter.execute(ast.parse("import torch\n" + DEFINED).body)
    return interpreter


def owner_of_kind(kind, interpreter):
    values = interpreter.state.scope.values
    return {
        "namespace": Namespace("torch.nn"),
        "plain class": values["Plain"],
        "derived class": values["Derived"],
        "plain instance": values["plain"],
        "derived instance": values["derived"],
        "plain super": SuperView(values["Plainer"], values["plainer"]),
        "derived super": SuperView(values["MoreDerived"], values["more"]),
        "module": values["native"],
        "context": values["kept"][0],
        "function": values["function"],
        "tensor": torch.ones(2),
        "value": torch.optim.SGD([torch.ones(1)], 0.1),
    }[kind]


@pytest.mark.parametrize("kind", READ)
def test_every_kind_of_owner_is_told_from_the_others(kind, running):
    assert running.attributes.owner(owner_of_kind(kind, running)) == kind


def test_the_tables_have_every_cell():
    for table in (READ, WRITE):
        assert set(table) == set(READ)
        for row in table.values():
            assert set(row) == set(NAMES)


@pytest.mark.parametrize("name_kind", NAMES)
@pytest.mark.parametrize("kind", READ)
def test_a_cell_of_reading_looks_where_it_says_and_nowhere_else(kind, name_kind, running):
    """A name that lies on the live object, where Python would find it, and on its class."""
    owner, name = owner_of_kind(kind, running), NAMES[name_kind]
    assert kind_of_name(name) == name_kind
    places = READ[kind][name_kind]
    attributes = running.attributes

    found = MISSING
    if kind == "namespace":
        with pytest.raises((Refused, AttributeError)):
            attributes.read(owner, name)
        return
    planted = object()
    live = owner.instance if isinstance(owner, SuperView) else owner
    if not isinstance(live, type):
        live.__dict__[name] = planted
    found = attributes.find(owner, name)

    if found is planted:
        assert "own" in places
    elif found is not MISSING:
        assert "defined" in places or spelled_function(owner, name)
    if "own" in places:
        assert found is planted
    elif not places:
        assert found is MISSING


@pytest.mark.parametrize("name_kind", NAMES)
@pytest.mark.parametrize("kind", WRITE)
def test_a_cell_of_writing_puts_a_value_where_it_says_or_refuses(kind, name_kind, running):
    owner = owner_of_kind(kind, running)
    name = {"public": "fresh", "private": "_fresh", "special": "__eq__", "mangled": "__fresh"}
    name = name[name_kind]

    if not WRITE[kind][name_kind]:
        with pytest.raises((Refused, AttributeError)):
            running.attributes.write(owner, name, 5)
        return
    new = 5 if name_kind != "special" else running.state.scope.values["function"]
    running.attributes.write(owner, name, new)

    assert running.attributes.read(owner, name) == new
    live = owner.instance if isinstance(owner, SuperView) else owner
    assert live.__dict__[name] == new


@pytest.mark.parametrize("name", ["_backward_hooks", "_version", "data_ptr", "grad_fn", "_base"])
def test_a_tensor_keeps_the_names_that_pytorch_uses(name, running):
    with pytest.raises((Refused, AttributeError)):
        running.attributes.write(torch.ones(2), name, 5)


def is_named_alone(entry):
    cls = entry.cls
    return entry.kind == "class" and cls is not None and issubclass(cls, nn.Module | Exception)


def native_bases():
    entries = [*STANDARD.names.values(), *STANDARD.builtins.values()]
    # Those that are there for isinstance or except alone are no bases.
    entries = [e for e in entries if not (isinstance(e, Function) and is_named_alone(e))]
    roots = (nn.Module, torch.autograd.Function, Exception)
    classes = {e.cls or e.call for e in entries if isinstance(e, Function)}
    return sorted(
        (cls for cls in classes if isinstance(cls, type) and issubclass(cls, roots)),
        key=lambda cls: cls.__name__,
    )


def special_methods(cls):
    names = {name for base in cls.__mro__ for name in base.__dict__ if name.startswith("__")}
    return sorted(names | SPECIAL_METHODS)


@pytest.mark.parametrize("base", native_bases(), ids=lambda base: base.__name__)
def test_no_special_method_of_a_native_base_takes_a_name(base):
    """What a class of the program inherits from PyTorch is what its table lists, and of that
    nothing gives an attribute for a name."""
    attributes = fresh().attributes
    made = type("Made", (base,), {})
    attributes.classes[made] = {}
    instance = made.__new__(made)
    listed = {name for table in module_parts.TABLES.values() for name in table.methods}

    count = 0
    for name in special_methods(base):
        for value in (instance, base.__new__(base)):
            method = attributes.special(value, name)
            count += 1
            assert method is MISSING or (name in listed and method.function.kind == "special")
    assert count > 20


@pytest.mark.parametrize("holder", module_parts.TABLES, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize(
    "name",
    sorted(set(dir(nn.Module)) | set(dir(nn.ParameterDict)) | set(nn.Module().__dict__)),
)
def test_no_holder_gives_or_takes_an_attribute_for_a_name(holder, name, running):
    made = (Sequential if holder is nn.Sequential else holder)()
    get = running.attributes.special(made, "__getitem__")
    put = running.attributes.special(made, "__setitem__")
    value = torch.ones(1) if holder is nn.ParameterDict else nn.ReLU()

    with pytest.raises((Refused, KeyError, TypeError)):
        get(name)
    with pytest.raises((Refused, KeyError, TypeError)):
        put(name, value)
    assert made.__dict__.keys() == holder().__dict__.keys()


@pytest.mark.parametrize("base", native_bases(), ids=lambda base: base.__name__)
def test_a_class_defines_of_a_base_only_what_is_listed(base):
    """Every name that PyTorch's class has, tried in a class statement of a program."""
    path = {e.cls: path for path, e in STANDARD.names.items() if isinstance(e, Function) and e.cls}
    name_of_base = path.get(base, base.__name__)
    home = name_of_base.partition(".")[0] if "." in name_of_base else "builtins"
    # A name such as __x, which torch.compile leaves on modules, is _Made__x in the statement.
    for name in (name for name in dir(base) if not name.startswith("__") or name.endswith("__")):
        source = f"import {home}\nclass Made({name_of_base}):\n    def {name}(self): pass"
        error = ax.run(source).error
        listed = OVERRIDES | SPECIAL_METHODS | {"__doc__", "__constants__"}
        listed |= {"__jit_unused_properties__"}  # which nobody asks for
        fine = name in listed or not base_has(base, name)
        # Of all native bases this one alone lets a program have its own: it can ask super() for
        # nothing but parameters, buffers and modules, and sets and deletes by the rules.
        own = ("__getattr__", "__setattr__", "__delattr__", "__new__")
        reduced = {"__reduce__", "__reduce_ex__"}  # kept, but copies of such objects are refused
        if issubclass(base, nn.Module | torch.optim.Optimizer):
            fine |= name in {"__getstate__", "__setstate__", *reduced}
        if issubclass(base, VALUES):
            fine |= name in reduced or (issubclass(base, list | tuple) and name in ARITHMETIC)
        fine |= base is nn.Module and name in own
        assert (error is None) == fine, (name, error)


def base_has(base, name):
    return any(name in cls.__dict__ for cls in base.__mro__) or name.startswith("_")


def modules():
    made = {
        "Linear": (2, 3), "Conv1d": (1, 2, 1), "Conv2d": (1, 2, 1), "ConvTranspose1d": (1, 2, 1),
        "ConvTranspose2d": (1, 2, 1), "BatchNorm1d": (3,), "BatchNorm2d": (3,), "GRU": (2, 3),
        "GRUCell": (2, 3), "LSTM": (2, 3), "LSTMCell": (2, 3), "RNN": (2, 3), "RNNCell": (2, 3),
        "Embedding": (4, 3), "GroupNorm": (1, 3), "InstanceNorm1d": (3,), "InstanceNorm2d": (3,),
        "LayerNorm": (3,), "RMSNorm": (3,), "MultiheadAttention": (4, 2), "MaxPool1d": (2,),
        "MaxPool2d": (2,), "AvgPool1d": (2,), "AvgPool2d": (2,), "AdaptiveAvgPool1d": (2,),
        "AdaptiveAvgPool2d": (2,), "Threshold": (0.1, 20), "Unflatten": (1, (1, 1)),
        "AdaptiveAvgPool3d": (2,), "AdaptiveMaxPool1d": (2,), "AdaptiveMaxPool2d": (2,),
        "AdaptiveMaxPool3d": (2,), "AvgPool3d": (2,), "MaxPool3d": (2,), "LPPool1d": (2, 2),
        "LPPool2d": (2, 2), "MaxUnpool1d": (2,), "MaxUnpool2d": (2,), "BatchNorm3d": (3,),
        "InstanceNorm3d": (3,), "Bilinear": (2, 2, 2), "ChannelShuffle": (2,), "Conv3d": (1, 2, 1),
        "ConvTranspose3d": (1, 2, 1), "EmbeddingBag": (4, 3), "LocalResponseNorm": (2,),
        "PixelShuffle": (2,), "PixelUnshuffle": (2,), "Fold": (4, 2), "Unfold": (2,),
        "CircularPad1d": (1,), "CircularPad2d": (1,), "ConstantPad1d": (1, 0.0),
        "ConstantPad2d": (1, 0.0), "ConstantPad3d": (1, 0.0), "ReflectionPad1d": (1,),
        "ReflectionPad2d": (1,), "ReplicationPad1d": (1,), "ReplicationPad2d": (1,),
        "ZeroPad1d": (1,), "ZeroPad2d": (1,), "ZeroPad3d": (1,), "TransformerEncoderLayer": (4, 2),
        "TransformerDecoderLayer": (4, 2), "UpsamplingBilinear2d": (2,),
        "UpsamplingNearest2d": (2,), "Upsample": (2,),
        "TransformerEncoder": (nn.TransformerEncoderLayer(4, 2, batch_first=True), 1),
        "Rearrange": ("a b -> b a",),
        "Reduce": ("a b -> a", "mean"),
        "AdaptiveLogSoftmaxWithLoss": (4, 10, [3]), "CircularPad3d": (1,), "LPPool3d": (2, 2),
        "MaxUnpool3d": (2,), "ReflectionPad3d": (1,), "ReplicationPad3d": (1,),
        "Transformer": (4, 2, 1, 1, 8, 0.0, "relu", None, None, 1e-5, True), "LazyLinear": (3,), "LazyConv1d": (2, 1),
        "LazyConv2d": (2, 1), "LazyConv3d": (2, 1), "LazyConvTranspose1d": (2, 1),
        "LazyConvTranspose2d": (2, 1),
        "TransformerDecoder": (nn.TransformerDecoderLayer(4, 2), 1),
    }  # fmt: skip
    return [
        base(*made.get(base.__name__, ()))
        for base in native_bases()
        if issubclass(base, nn.Module) and base.__name__ != "EinMix"  # which takes keywords alone
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda module: type(module).__name__)
def test_what_a_module_keeps_under_a_public_name_is_data(module):
    """Those names can be read: nothing behind them may be a function or another live object."""
    data = (int, float, str, bool, tuple, list, type(None), torch.Tensor)
    attributes = fresh().attributes
    for name in module.__dict__:
        value = attributes.own(module, name)  # MISSING for a function of PyTorch's own
        sizes = name == "axes_lengths"  # numbers by name, of einops, whose sizes are judged anyway
        assert name.startswith("_") or value is MISSING or isinstance(value, data) or sizes, name


@pytest.mark.parametrize("module", modules(), ids=lambda module: type(module).__name__)
def test_a_module_keeps_what_its_kernel_relies_on(module, running):
    """Every public name of PyTorch's own is given another kind of value, or another shape."""
    names = running.attributes.on_modules.natural(module)
    held = {name: running.attributes.own(module, name) for name in names}
    for name in names - {"training"}:
        new = torch.ones(7, 9) if isinstance(held[name], torch.Tensor) else object
        for value in (new, "text", lambda: 1):
            if isinstance(held[name], str) and value == "text":
                continue
            with pytest.raises(Refused):
                if type(module) in (nn.Linear, nn.Embedding, nn.Conv1d, nn.Conv2d):
                    value = torch.ones(1, dtype=torch.int64)
                running.attributes.on_modules.check(module, name, value)
        assert running.attributes.own(module, name) is held[name]
