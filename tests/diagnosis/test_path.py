"""How far a gradient came in a graph, and what became of it there."""

import json
from pathlib import Path

import pytest

import autograd_explorer as ax

# In pytest a warning is an error, in a program it is none.
pytestmark = pytest.mark.filterwarnings("always")

FOLDER = Path(__file__).parents[1] / "forum"
# Of programs whose first finding has a place in the graph: what is there, and at which node's line.
PLACES = {
    "01_leaf_times_constant": ("unnamed", "AccumulateGrad", 10),
    "04_losses_rewrapped": ("cut", "AddBackward0", 18),
    "05_leaves_packed_by_as_tensor": ("anew", "AccumulateGrad", 12),
    "08_argmax_as_coordinate": ("left", "AddmmBackward0", 13),
    "10_learned_position_as_index": ("cut", "MulBackward0", 14),
    "11_number_instead_of_tensor": ("cut", "MulBackward0", 18),
    "13_no_grad_round_the_encoder": ("cut", "AddmmBackward0", 21),
    "26_flag_set_too_late": ("late", "AddmmBackward0", 14),
    "31_zero_weights_before_relu": ("zero", "ReluBackward0", 17),
    "35_rounded_weights": ("zero", "RoundBackward0", 10),
    "37_padding_row_is_a_real_word": ("part", "EmbeddingBackward0", 13),
    "41_spread_of_equal_values": ("inf", "SqrtBackward0", 10),
    "43_angle_between_equal_vectors": ("nan", "AcosBackward0", 13),
    "46_every_target_ignored": ("nan_value", "NllLossBackward0", 13),
    "61_inplace_relu_then_add": ("here", "ReluBackward0", 13),
}
FILES = [case["file"] for case in json.loads((FOLDER / "cases.json").read_text())]


def traced(source):
    run = ax.run(source)
    graph = run.backwards[-1] if run.backwards else run.graph
    findings = [one for one in ax.diagnose(run) if one.status != "arrived"]
    return run, graph, findings


@pytest.mark.parametrize("name", PLACES)
def test_the_path_ends_where_the_finding_is_about(name):
    run, graph, (finding, *_) = traced((FOLDER / f"{name}.py").read_text())

    path = ax.path_of(run, finding, graph)

    node = graph.nodes[path.at]
    assert (path.what, node.name, node.line) == PLACES[name]


@pytest.mark.parametrize("file", FILES)
def test_what_a_path_passes_is_an_unbroken_way_of_gradients_from_the_root(file):
    run, graph, findings = traced((FOLDER / file).read_text())
    edges = {(edge.source, edge.slot): edge for edge in graph.edges} if graph else {}
    for finding in findings if graph else ():
        path = ax.path_of(run, finding, graph)
        if path is None:
            continue
        entered = {0} | {edges[one].target for one in path.edges}
        assert all(edges[one].gradient is not None for one in path.edges)
        assert {source for source, _ in path.edges} <= entered
        assert not path.edges or path.at in entered
        if path.slot is not None:
            assert edges[path.at, path.slot].target is None
        assert all(abs(edges[one].gradient).max() < 1e-6 for one in path.behind)
        assert path.what != "zero" or path.behind
        assert not path.edges & path.behind


def test_of_several_constants_in_a_line_the_one_that_lost_its_history_is_found():
    run, graph, findings = traced(
        "import torch\n"
        "w = torch.ones(2, requires_grad=True)\n"
        "v = torch.ones(2, requires_grad=True)\n"
        "known = torch.ones(2)\n"
        "h = w.detach() * 2\n"
        "loss = (v * known - h).sum()\n"
        "loss.backward()\n"
        "print(w.grad)\n"
    )
    path = ax.path_of(run, findings[0], graph)
    assert (graph.nodes[path.at].name, path.slot) == ("SubBackward0", 1)


def test_a_value_is_followed_out_of_a_function_to_where_it_is_used():
    run, graph, findings = traced(
        "import torch\n"
        "from torch import nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.inner = nn.Linear(2, 2)\n"
        "    def forward(self, x):\n"
        "        return self.inner(x).detach()\n"
        "net = Net()\n"
        "v = torch.ones(2, requires_grad=True)\n"
        "loss = (net(torch.ones(2)) * v).sum()\n"
        "loss.backward()\n"
        "print(net.inner.weight.grad)\n"
    )
    path = ax.path_of(run, findings[0], graph)
    assert (path.what, graph.nodes[path.at].name, path.slot) == ("cut", "MulBackward0", 0)


def test_where_two_could_be_meant_none_is():
    run, graph, findings = traced(
        "import torch\n"
        "w = torch.ones(2, requires_grad=True)\n"
        "v = torch.ones(2, requires_grad=True)\n"
        "h = w.detach()\n"
        "loss = torch.lerp(v, h, torch.full((2,), 0.5)).mul(torch.ones(2)).sum()\n"
        "loss.backward()\n"
        "print(w.grad)\n"
    )
    assert findings[0].line == 4
    assert ax.path_of(run, findings[0], graph) is None


def test_every_leaf_stands_in_the_table_with_its_finding():
    run, _, _ = traced((FOLDER / "32_relu_on_the_output.py").read_text())

    frame = ax.gradients_frame(run, ax.diagnose(run))

    assert {*frame.index} == {leaf.name for leaf in run.reach.leaves}
    assert (frame["status"] == "zero").all() and (frame["line"] == 14).all()
    assert (frame["grad_zeros"] == 1).all() and (frame["nonfinite_count"] == 0).all()

    run, _, _ = traced((FOLDER / "41_spread_of_equal_values.py").read_text())
    frame = ax.gradients_frame(run, ax.diagnose(run))
    assert [*frame.loc["x", ["status", "line", "nonfinite_count"]]] == ["nonfinite", 10, 12]

    run, _, _ = traced((FOLDER / "13_no_grad_round_the_encoder.py").read_text())
    frame = ax.gradients_frame(run, ax.diagnose(run))
    assert dict(frame["status"]) == {
        "encoder.weight": "none", "encoder.bias": "none",
        "head.weight": "arrived", "head.bias": "arrived",
    }  # fmt: skip
    assert frame["grad_norm"].isna().tolist() == [status == "none" for status in frame["status"]]


def test_a_gradient_that_is_zero_or_nan_has_not_arrived_as_it_should():
    for name in ("41_spread_of_equal_values", "32_relu_on_the_output"):
        run = ax.run((FOLDER / f"{name}.py").read_text())
        assert not [one for one in ax.diagnose(run) if one.status == "arrived"]
