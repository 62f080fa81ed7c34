"""Each private name of PyTorch still is what torch_internals.py says of it."""

import ast
import inspect
import re
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize, prune

from autograd_explorer import torch_internals as internals

ENGINE = Path(internals.__file__).parent


def test_a_node_tells_its_name_and_the_shapes_of_its_outputs_before_backward():
    w = torch.ones(2, 3, requires_grad=True)
    spread, _ = torch.var_mean(w * 2, dim=1)
    node = spread.grad_fn

    assert internals.name_of(node) == "VarMeanBackward0"
    assert internals.output_shapes(node) == ((2,), (2,))
    assert internals.output_kinds(node) == [((2,), torch.float32), ((2,), torch.float32)]
    assert internals.name_of((w * 2).grad_fn.next_functions[0][0]) == "AccumulateGrad"


def test_a_node_tells_whether_it_had_one_output():
    w = torch.ones(4, 3, requires_grad=True)
    for _ in range(2):  # asked the first time, known the second
        assert internals.has_one_output((w * 2).grad_fn)
        assert not internals.has_one_output(torch.var_mean(w, dim=1)[0].grad_fn)
        assert internals.has_one_output(w.split(4)[0].grad_fn)
        assert not internals.has_one_output(w.split(2)[0].grad_fn)
        assert internals.has_one_output(w[:1].unbind()[0].grad_fn)
        assert not internals.has_one_output(w.unbind()[0].grad_fn)


def test_a_view_shares_its_version_with_what_it_is_a_view_of():
    whole = torch.ones(3)
    view = whole[1:]
    view.add_(1)
    for tensor in (whole, view):
        owner, version = internals.owner_and_version(tensor)
        assert owner is whole
        assert version == 1
    with torch.inference_mode(), pytest.raises(RuntimeError):
        internals.owner_and_version(torch.ones(1))


def test_operations_that_return_a_list_are_known_by_their_names():
    classes = {re.sub(r"Backward\d+$", "", name) for name in dir(torch._C._functions)}
    returning_lists = {
        "".join([word.title() for word in schema.name.removeprefix("aten::").split("_")])
        for schema in torch._C._jit_get_all_schemas()
        if any("List[Tensor]" in str(returned.type) for returned in schema.returns)
    }
    assert {"Split", "Unbind"} <= classes & returning_lists
    for name in classes & returning_lists:
        assert internals.RETURNS_LIST.search(name), name


def test_names_of_several_nodes_are_those_of_each():
    class Doubled(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, grad):
            return grad * 2

    w = torch.ones(2, 3, requires_grad=True)
    changed = torch.ones(2)
    changed[0] = w.sum()
    written = Doubled.apply(w)
    nodes = [one.grad_fn for one in (w * 2, w * 3, w.exp(), changed, written)]
    nodes += [nodes[0].next_functions[0][0]] * 2

    assert internals.names_of(nodes) == [internals.name_of(node) for node in nodes]
    assert internals.names_of(nodes)[2:] == [
        "ExpBackward0", "CopySlices", "DoubledBackward", "AccumulateGrad", "AccumulateGrad",
    ]  # fmt: skip


def test_ages_tell_in_which_order_nodes_were_recorded():
    w = torch.ones(2, requires_grad=True)
    first = w * 2
    second = w.exp()
    nodes = [
        (first + second).grad_fn,
        second.grad_fn,
        first.grad_fn,
        *first.grad_fn.next_functions[0][:1],
    ]

    assert internals.ages_of(internals.numbers_of(nodes)) == (2, 1, 0, -1)


def test_what_a_node_saved_lies_under_the_prefix():
    node = torch.ones(2, requires_grad=True).exp().grad_fn

    assert internals.saved_attributes(type(node)) == (
        ("_saved_result", "result", "_raw_saved_result"),
    )
    assert node._saved_result.shape == (2,)


def test_a_view_shares_the_version_of_its_owner_and_a_block_keeps_it():
    w = torch.zeros(2, 3)
    part = w[0][1:]

    for tensor in (part, w):
        owner, version = internals.owner_and_version(tensor)
        assert owner is w
        assert version == 0
    with internals.preserving_version(w):
        torch.autograd.graph.increment_version(w)
        assert internals.version_of(part) == 1
        assert internals.owner_and_version(part)[1] == 1
    assert internals.version_of(w) == 0
    with torch.inference_mode():
        uncounted = torch.zeros(2)
    assert internals.version_of(uncounted) == 0
    with pytest.raises(RuntimeError, match="do not track version counter"):
        internals.owner_and_version(uncounted)


def test_the_node_of_a_written_function_is_told_from_pytorchs_own():
    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

    x = torch.ones(1, requires_grad=True)
    assert internals.is_made_by_function(type(Twice.apply(x).grad_fn))
    assert not internals.is_made_by_function(type((x * 2).grad_fn))


def test_what_comes_back_through_a_hook_is_known_without_calling_it():
    x = torch.ones(1, requires_grad=True)
    called = []
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: called.append(t) or t):
        packed, several = x.exp().grad_fn, x[torch.tensor([0])].grad_fn

    known = internals.TELLS_HOOKS
    assert internals.come_through_hook((packed._raw_saved_result,)) is known
    assert internals.come_through_hook((several._raw_saved_indices,)) is known
    assert not internals.come_through_hook((x.exp().grad_fn._raw_saved_result,))
    assert ("_saved_dim", "dim", "") in internals.saved_attributes(type(x.sum(0).grad_fn))
    assert called == []


def test_all_passes_go_through_one_function(monkeypatch):
    came = []
    original = getattr(torch.autograd, internals.ENGINE_DOOR)

    def door(outputs, *args, **kwargs):
        came.append(bool(kwargs.get("accumulate_grad")))
        return original(outputs, *args, **kwargs)

    monkeypatch.setattr(torch.autograd, internals.ENGINE_DOOR, door)
    x = torch.ones(1, requires_grad=True)
    (x * 2).backward()
    torch.autograd.backward([x * 2])
    torch.autograd.grad(x * 2, x)
    assert came == [True, True, False]


def test_the_backward_of_a_written_function_has_code():
    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, gradient):
            return gradient * 2

    node = Twice.apply(torch.ones(1, requires_grad=True)).grad_fn
    assert internals.code_of_backward(node) is Twice.backward.__code__
    assert internals.code_of_backward(torch.ones(1, requires_grad=True).exp().grad_fn) is None


def test_what_torch_compile_has_made_is_one_node():
    x = torch.ones(1, requires_grad=True)
    at_work = []

    def backend(graph, inputs):
        at_work.append(internals.is_being_compiled())
        return graph

    torch.compile(lambda x: x.exp() * 3, backend=backend)(x)
    assert at_work == [True] and not internals.is_being_compiled()
    made = torch.compile(lambda x: x.exp() * 2, backend="aot_eager")(x)
    assert (
        internals.name_of(made.grad_fn) == internals.COMPILED != internals.name_of(x.exp().grad_fn)
    )


def test_hooks_on_the_node_of_a_leaf_are_seen_and_none_is_left_by_the_question():
    x = torch.ones(1, requires_grad=True)
    node = (x * 2).grad_fn.next_functions[0][0]
    before = internals.hooks_so_far()
    assert not internals.has_prehooks(node)
    assert internals.hooks_so_far() == before + 1
    hook = node.register_prehook(lambda gradients: (gradients[0] * 5,))
    assert internals.has_prehooks(node)
    (x * 2).sum().backward()
    hook.remove()

    assert x.grad.tolist() == [10]
    assert not internals.has_prehooks(node)


def test_hooks_of_a_leaf_are_seen():
    x = torch.ones(1, requires_grad=True)
    assert not internals.has_hooks(x)
    x.register_hook(lambda gradient: gradient)
    assert internals.has_hooks(x)


def test_a_hook_that_runs_once_a_gradient_has_arrived_is_seen():
    x = torch.ones(1, requires_grad=True)
    assert not internals.acts_on_gradient(x)
    x.register_post_accumulate_grad_hook(lambda leaf: None)
    assert internals.acts_on_gradient(x)


def test_the_next_node_gets_the_next_number():
    x = torch.ones(1, requires_grad=True)
    expected = internals.next_number()
    y = x * 2
    assert internals.numbers_of([y.grad_fn, (y * 2).grad_fn]) == [expected, expected + 1]


def test_the_version_counts_changes_in_place():
    x = torch.ones(1)
    assert internals.version_of(x) == 0
    x += 1
    assert internals.version_of(x) == 1
    with torch.inference_mode():
        assert internals.version_of(torch.ones(1)) == 0


def test_a_transforms_wrapper_is_seen_and_taken_off():
    seen = []

    def f(x):
        seen.append(internals.is_wrapped(x))
        with internals.without_transforms():
            plain = internals.unwrapped(x)
            seen.append(internals.is_wrapped(plain))
            seen.append(plain.detach().item())
        return x.sum()

    torch.func.grad(f)(torch.tensor([3.0]))
    assert seen == [True, False, 3.0]
    assert not internals.is_wrapped(torch.ones(1))


def test_a_storage_is_known_by_its_key_and_its_end_is_seen():
    x = torch.ones(4)
    storage = x.untyped_storage()
    kept = internals.StorageWeakRef(storage)
    view = x[1:]

    assert internals.storage_key(view.untyped_storage()) == internals.storage_key(storage)
    del x, storage
    assert not kept.expired()  # the view still holds it
    del view
    assert kept.expired()


def test_the_bytes_of_a_sparse_tensor_are_those_of_its_indices_and_values():
    assert internals.bytes_of(torch.ones(3, 4)) == 48
    assert internals.bytes_of(torch.eye(100).to_sparse()) == 16 * 100 * 3


def test_a_dispatch_mode_sees_operations_and_their_cost():
    seen = {}

    class Watch(internals.TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            made = func(*args, **(kwargs or {}))
            count = internals.flop_registry.get(func.overloadpacket)
            seen[str(func)] = count and count(*args, out_val=made)
            new[str(func)] = internals.makes_new(func)
            return made

    new = {}
    with Watch():
        made = torch.ones(2, 3) @ torch.ones(3, 4)
        made.view(8).add_(1)
        made.aminmax()
    assert seen["aten.mm.default"] == 2 * 2 * 3 * 4
    assert new["aten.mm.default"] == [True]
    assert new["aten.view.default"] == new["aten.add_.Tensor"] == [False]
    assert new["aten.aminmax.default"] == [True, True]


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        (nn.MaxPool2d(2), internals.POOLS),
        (nn.AvgPool1d(2), internals.POOLS),
        (nn.AdaptiveAvgPool2d(1), internals.ADAPTIVE_POOLS),
        (nn.Conv3d(1, 1, 1), internals.CONVOLUTIONS),
        (nn.Dropout(), internals.DROPOUTS),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, nn.Module) else "",
)
def test_the_base_classes_of_modules_are_still_those(module, kind):
    assert isinstance(module, kind)
    assert not isinstance(nn.Linear(1, 1), kind)


def test_the_parts_of_a_module_are_found_without_its_own_methods():
    class Hidden(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Linear(2, 3)
            self.absent = None

        def named_parameters(self, *args, **kwargs):
            raise AssertionError("the program's own")

        modules = children = parameters = named_parameters

    made = Hidden()
    assert internals.parts_of_module(made) == [made.inner]
    assert [name for name, _ in internals.parameters_of(made)] == ["inner.weight", "inner.bias"]


def test_the_stores_of_a_module_are_what_its_attributes_are_looked_up_in():
    made = nn.BatchNorm1d(2)
    made.inner = nn.Linear(1, 1)
    made.gone = nn.Linear(1, 1)
    made.gone = None
    parameters, buffers, modules = internals.stores_of(made)

    assert list(parameters) == ["weight", "bias"]
    assert list(buffers) == ["running_mean", "running_var", "num_batches_tracked"]
    assert list(modules) == ["inner", "gone"]
    for name in (*parameters, *buffers, *modules):
        assert name not in made.__dict__
        assert internals.part_named(made, name, "nothing") is getattr(made, name)
    assert internals.part_named(made, "eps", "nothing") == "nothing"
    assert internals.has_parts(made) and not internals.has_parts(nn.Linear(1, 1))


def test_a_module_whose_init_has_not_run_holds_nothing():
    made = object.__new__(nn.Linear)

    assert internals.stores_of(made) == ({}, {}, {})
    assert internals.part_named(made, "weight", None) is None
    assert not internals.has_parts(made) and not internals.parts_of_module(made)
    for read in (internals.modules_in, internals.length_of_list):
        with pytest.raises(AttributeError):
            read(made)


def test_a_module_is_made_like_another_without_its_init_and_hooks():
    made = nn.BatchNorm1d(2, eps=0.5).eval()
    made.inner = nn.Linear(1, 1)
    made.register_forward_hook(lambda *_: None)

    like = internals.module_like(made, nn.BatchNorm1d, torch.zeros_like, lambda _: nn.Tanh())

    assert type(like) is nn.BatchNorm1d and like.eps == 0.5 and not like.training
    assert like.weight.tolist() == [0, 0] and made.weight.tolist() == [1, 1]
    assert like.running_var.tolist() == [0, 0]
    assert isinstance(like.inner, nn.Tanh) and isinstance(made.inner, nn.Linear)
    assert made._forward_hooks and not like._forward_hooks
    assert like(torch.ones(3, 2)).tolist() == torch.zeros(3, 2).tolist()


def test_holders_tell_what_they_hold():
    layer = nn.Linear(1, 1)
    w, v = nn.Parameter(torch.ones(1)), nn.Parameter(torch.ones(2))

    assert internals.modules_in(nn.ModuleList([layer])) == {"0": layer}
    assert internals.modules_in(nn.Sequential(layer)) == {"0": layer}
    assert internals.modules_in(nn.ModuleDict({"a": layer})) == {"a": layer}
    assert internals.length_of_list(nn.ParameterList([w, v])) == 2
    assert list(internals.keys_of_dict(nn.ParameterDict([("w", w), ("v", v)]))) == ["w", "v"]


def private(name):
    return name.startswith("_") and not name.startswith("__")


def private_names_of_torch():
    """Those that a module, a holder, a tensor, a node or an operation has."""
    w = torch.ones(1, requires_grad=True)
    things = (
        *(nn.Linear(1, 1), nn.LSTM(1, 1), nn.ModuleList(), nn.ParameterList(), nn.ParameterDict()),
        *(w, (w * w).grad_fn, torch.optim.SGD([w]), torch.ops.aten.mm.default, w.untyped_storage()),
    )
    return {name for thing in things for name in dir(thing) if private(name)}


def private_names_of_ours():
    """Functions whose names begin with an underscore, what a class assigns to itself, the three names
    that are written on tensors, and six of Python's own."""
    names = {"_autograd_explorer_line", "_autograd_explorer_version", "_autograd_explorer_mark"}
    names |= {"_fields", "_field_defaults", "_replace", "_exit", "_parser", "_getframe"}
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                if isinstance(node.value, ast.Name) and node.value.id == "self":
                    names.add(node.attr)
    return names


PRIVATE, OF_OURS = private_names_of_torch(), private_names_of_ours()


@pytest.mark.parametrize("path", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_other_file_of_the_engine_reads_a_private_name_of_pytorch(path):
    """Neither as an attribute nor as a text, such as a key of a module's dictionary."""
    if path.name == "torch_internals.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and private(node.attr):
            assert node.attr in OF_OURS, f"line {node.lineno}: {node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value not in PRIVATE, f"line {node.lineno}: {node.value}"
            assert node.value != "_saved_", f"line {node.lineno}: {node.value}"


def test_print_options_are_what_set_printoptions_sets():
    before = internals.print_options().precision
    try:
        torch.set_printoptions(precision=2)
        assert internals.print_options().precision == 2
    finally:
        torch.set_printoptions(profile="default")
    assert internals.print_options().precision == before


def test_a_module_keeps_its_hooks_where_they_are_looked_for():
    layer = nn.Linear(2, 1)
    layer.register_forward_hook(lambda *given: None)
    layer.register_forward_pre_hook(lambda *given: None)
    layer.register_full_backward_hook(lambda *given: None)
    layer.register_full_backward_pre_hook(lambda *given: None)

    held = {name: list(layer.__dict__[name].values()) for name in internals.STORES_OF_HOOKS}
    assert [len(hooks) for hooks in held.values()] == [1, 1, 1, 1]


def test_a_pruned_parameter_is_named_by_its_hook():
    layer = prune.l1_unstructured(nn.Linear(4, 2), "bias", amount=1)

    (hook,) = layer.__dict__["_forward_pre_hooks"].values()
    assert internals.name_of_pruned(hook) == "bias"


def test_what_parametrizations_keep_in_a_block_can_be_forgotten():
    calls = []

    class Counted(nn.Module):
        def forward(self, weight):
            calls.append(1)
            return weight

    layer = nn.Linear(2, 1)
    parametrize.register_parametrization(layer, "weight", Counted())
    block = parametrize.cached()
    block.__enter__()
    internals.forget_parametrizations()
    calls.clear()
    assert layer.weight is not None and layer.weight is not None
    assert len(calls) == 2  # not kept any more


def test_a_module_has_other_parameters_for_a_while():
    module = nn.Linear(2, 1)
    weight = module.weight
    with internals.with_parameters(module, {"weight": torch.zeros(1, 2)}):
        assert (module.weight == 0).all() and module.weight is not weight
    assert module.weight is weight

    tied = nn.Sequential(module, nn.Linear(2, 1))
    tied[1].weight = weight
    given = {"0.weight": torch.zeros(1, 2)}
    with internals.with_parameters(tied, given, tie_weights=True):
        assert (tied[1].weight == 0).all()
    with internals.with_parameters(tied, given, tie_weights=False):
        assert tied[1].weight is weight


def test_a_lazy_layer_is_sized_by_its_first_input():
    layer = nn.LazyLinear(3)
    assert internals.has_lazy_parts(layer) and internals.is_lazy(layer.weight)
    internals.size_lazily(layer, (torch.zeros(2, 5),))
    assert layer.weight.shape == (3, 5) and not internals.is_lazy(layer.weight)
    assert not internals.has_lazy_parts(nn.Linear(1, 1))


def test_a_weight_that_is_computed_is_read_and_set_by_its_property():
    class Double(nn.Module):
        def forward(self, x):
            return 2 * x

        def right_inverse(self, x):
            return x / 2

    layer = nn.Linear(2, 1)
    assert not internals.is_computed(layer, "weight")
    nn.utils.parametrize.register_parametrization(layer, "weight", Double())
    assert internals.is_computed(layer, "weight") and not internals.is_computed(layer, "bias")
    internals.set_computed(layer, "weight", torch.ones(1, 2))
    assert torch.equal(internals.weight_computed(layer, "weight"), torch.ones(1, 2))


def test_a_schedule_takes_an_optimizer_for_one_that_was_called():
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
    internals.note_as_called(optimizer)
    torch.optim.lr_scheduler.StepLR(optimizer, 1).step()  # a warning would fail the test


def test_what_a_module_holds_is_found_under_these_names():
    layer = nn.Linear(1, 1)
    stores = internals.stores_of(layer)
    assert all(stores[i] is layer.__dict__[name] for name, i in internals.STORES.items())
    assert stores[internals.STORES_OF_PARTS] == {}
    assert internals.FANS_OF(torch.zeros(3, 5)) == (5, 3)
    assert isinstance(nn.BatchNorm1d(2), internals.BATCH_NORMS)
    saved = torch.ones(1, requires_grad=True).exp().grad_fn._raw_saved_result
    assert type(saved) is internals.SAVED_TENSOR
    node = torch.ones(1, requires_grad=True).exp().grad_fn
    assert internals.names_of_saved(type(node)) == ["_raw_saved_result", "_saved_result"]
    assert issubclass(nn.MSELoss, internals.LOSSES_TO_DERIVE_FROM["_Loss"])
    assert issubclass(nn.NLLLoss, internals.LOSSES_TO_DERIVE_FROM["_WeightedLoss"])
    with pytest.raises(ValueError, match="too small"):
        internals.ASSERTIONS["_check_value"](False, lambda: "too small")
    weights = [torch.ones(2, requires_grad=True)]
    chosen = internals.OF_OPTIMIZERS["_default_to_fused_or_foreach"](weights, False, False)
    assert chosen == (False, False)
    assert isinstance(torch.nn.Module.__dict__[internals.LAYOUT_OF_STATE], int)
    assert "_size_2_t" in internals.COMMON_TYPES
    for devices in internals.KERNELS_OF_OPTIMIZERS.values():
        assert "cuda" in devices()
    assert internals.SUM_RIGHTMOST(torch.ones(2, 3, 4), 2).tolist() == [12.0, 12.0]
    assert internals.REPEATED["_pair"](3) == (3, 3) and internals.REPEATED["_single"]([4]) == (4,)
    assert type(layer.load_state_dict(layer.state_dict())) is internals.KEYS_THAT_DIFFER


def test_vmap_gives_a_function_a_context_of_its_own_around_that_of_the_node():
    seen = []

    class Double(torch.autograd.Function):
        generate_vmap_rule = True

        @staticmethod
        def forward(x):
            return 2 * x

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.note = 3
            seen.append((ctx, internals.context_within(ctx)))

        @staticmethod
        def backward(ctx, gradient):
            return 2 * gradient

    torch.func.vmap(Double.apply)(torch.ones(2, requires_grad=True))
    assert any(isinstance(outer, internals.WRAPPED_CONTEXT) for outer, _ in seen)
    assert not any(isinstance(inner, internals.WRAPPED_CONTEXT) for _, inner in seen)
    assert all(inner.note == 3 for _, inner in seen)
    assert internals.VmapInfo(batch_size=2, randomness="error").batch_size == 2


def test_a_class_made_from_tensor_gets_its_numbers_by_this_method():
    class Own(torch.Tensor):
        pass

    made = getattr(torch.Tensor, internals.MAKE_SUBCLASS)(Own, torch.ones(2), True)
    assert type(made) is Own and made.requires_grad and made.tolist() == [1, 1]


def test_a_module_gives_the_name_of_its_class():
    assert getattr(nn.Linear(1, 1), internals.NAMING)() == "Linear"


def test_an_adaptive_softmax_gives_this_named_tuple():
    layer = nn.AdaptiveLogSoftmaxWithLoss(8, 4, [2], div_value=2)
    made = layer(torch.ones(1, 8), torch.zeros(1, dtype=torch.long))
    assert type(made) is internals.ADAPTIVE_OUTPUT and made._fields == ("output", "loss")


def test_every_name_of_the_file_is_asked_for_here():
    asked = {
        node.attr
        for node in ast.walk(
            ast.parse(inspect.getsource(inspect.getmodule(test_hooks_of_a_leaf_are_seen)))
        )
        if isinstance(node, ast.Attribute)
    }
    assert set(internals.__all__) <= asked


def test_a_node_that_can_no_longer_be_asked_is_gone():
    class Gone:
        @property
        def metadata(self):
            raise RuntimeError("the underlying PyNode has already been deallocated")

    assert internals.is_gone(Gone())
    assert not internals.is_gone(torch.ones(1, requires_grad=True).exp().grad_fn)
