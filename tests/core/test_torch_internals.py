"""Each private name of PyTorch still is what torch_internals.py says of it."""

import ast
import inspect

import pytest
import torch
from torch import nn

from autograd_explorer import torch_internals as internals


def test_a_node_tells_its_name_and_the_shapes_of_its_outputs_before_backward():
    w = torch.ones(2, 3, requires_grad=True)
    low, _ = (w * 2).aminmax(dim=1)
    node = low.grad_fn

    assert internals.name_of(node) == "AminmaxBackward0"
    assert internals.output_shapes(node) == ((2,), (2,))
    assert internals.name_of((w * 2).grad_fn.next_functions[0][0]) == "AccumulateGrad"


def test_what_a_node_saved_lies_under_the_prefix():
    node = torch.ones(2, requires_grad=True).exp().grad_fn

    assert internals.saved_attributes(type(node)) == ("_saved_result",)
    assert node._saved_result.shape == (2,)


def test_the_node_of_a_written_function_is_told_from_pytorchs_own():
    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

    x = torch.ones(1, requires_grad=True)
    assert internals.is_made_by_function(type(Twice.apply(x).grad_fn))
    assert not internals.is_made_by_function(type((x * 2).grad_fn))


def test_hooks_of_a_leaf_are_seen():
    x = torch.ones(1, requires_grad=True)
    assert not internals.has_hooks(x)
    x.register_hook(lambda gradient: gradient)
    assert internals.has_hooks(x)


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
            assert [returned.alias_info for returned in func._schema.returns] == [None]
            return made

    with Watch():
        torch.ones(2, 3) @ torch.ones(3, 4)
    assert seen["aten.mm.default"] == 2 * 2 * 3 * 4


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


def test_every_name_of_the_file_is_asked_for_here():
    asked = {
        node.attr
        for node in ast.walk(
            ast.parse(inspect.getsource(inspect.getmodule(test_hooks_of_a_leaf_are_seen)))
        )
        if isinstance(node, ast.Attribute)
    }
    assert set(internals.__all__) <= asked
