"""Nodes know the call of the module that recorded them, in a program and in real Python alike."""

import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.language.budget import tensor_sizes

SOURCE = """import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width))

    def forward(self, x):
        return x + self.feed(self.norm(x))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([Block(4) for _ in range(3)])
        self.loose = [nn.Linear(4, 4)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(layer(x))
        return self.loose[0](x)

net = Net()
loss = (net(torch.ones(2, 4)) * 2).sum()
loss.backward()
"""


def watched(source):
    scope = {}
    with ax.watch() as seen:
        exec(compile(source, "program", "exec"), scope)  # noqa: S102
    return seen.graph


def paths(graph, node):
    """The calls around a node, from the outermost on."""
    found = []
    at = node.call
    while at != -1:
        found.append((at, graph.calls[at].module, graph.calls[at].kind))
        at = graph.calls[at].above
    return found[::-1]


@pytest.fixture(scope="module")
def graph():
    return ax.run(SOURCE).graph


def test_a_node_tells_its_module_and_the_modules_around_it(graph):
    relu = next(node for node in graph.nodes if node.name == "ReluBackward0")
    last = next(node for node in graph.nodes if node.name == "SumBackward0")

    assert relu.module == "net.layers.2.feed.1"
    assert [path[1:] for path in paths(graph, relu)] == [
        ("net", "Net"),
        ("net.layers.2", "Block"),
        ("net.layers.2.feed", "Sequential"),
        ("net.layers.2.feed.1", "ReLU"),
    ]
    assert (last.module, last.call) == ("", -1)
    assert {call.module for call in graph.calls} >= {"net.(Linear)"}


def test_two_calls_of_one_module_are_two(graph):
    blocks = [call for call in graph.calls if call.kind == "Block"]

    assert len(blocks) == 6 and len({call.module for call in blocks}) == 3


def test_ages_are_the_order_in_which_the_engine_takes_nodes_the_newest_first(graph):
    ran = [graph.ages[i] for i in graph.order if graph.nodes[i].kind == "operation"]

    assert ran == sorted(ran, reverse=True)
    assert all(graph.ages[node.id] == -1 for node in graph.nodes if node.kind == "leaf")


def test_a_program_and_the_same_in_real_python_have_the_same_calls(graph):
    torch.manual_seed(0)
    real = watched(SOURCE)

    assert [node.name for node in real.nodes] == [node.name for node in graph.nodes]
    assert real.calls == graph.calls and real.ages == graph.ages
    assert [node.call for node in real.nodes] == [node.call for node in graph.nodes]


def test_a_module_that_raises_is_not_running_any_more():
    source = SOURCE.replace(
        "loss =", "try:\n    net(torch.ones(2, 5))\nexcept RuntimeError:\n    pass\nloss ="
    )
    run = ax.run(source)

    assert run.error is None
    assert run.graph.nodes[0].call == -1 and run.graph.nodes[1].call == -1


MADE = "import torch\nfrom torch import nn\n"


@pytest.mark.filterwarnings("default")
def test_what_an_earlier_run_has_tried_changes_nothing_in_a_later_one():
    source = MADE + "made = nn.RNN(2, 3, dropout=0.5)\nrelu = nn.ReLU()\nprint(torch.rand(2))\n"

    first, second = ax.run(source), ax.run(source)

    assert [heard.line for heard in first.warnings] == [3]
    assert second.warnings == first.warnings
    assert second.printed == first.printed


def test_a_layer_is_tried_once_for_all_inputs_of_a_shape(monkeypatch):
    tried = []
    tries = tensor_sizes.Foresight._try
    monkeypatch.setattr(
        tensor_sizes.Foresight, "_try", lambda *args: (tried.append(args[3][1].shape), tries(*args))
    )
    source = MADE + "for net in (nn.Conv1d(1, 4, 3), nn.Conv1d(1, 4, 3), nn.Conv1d(1, 4, 5)):\n"
    source += "    for length in (9, 9, 12):\n        net(torch.ones(1, 1, length))\n"

    assert ax.run(source).error is None
    assert tried == [(1, 1, 9), (1, 1, 12)] * 2


@pytest.mark.parametrize(
    "made",
    [
        "nn.Sequential(nn.Linear(784, 1000), nn.ReLU(), nn.Linear(1000, 10))",
        "nn.ModuleList([nn.Linear(900, 900), nn.Linear(900, 900)])",
        "nn.LSTM(100, 300, num_layers=2)",
        "nn.TransformerEncoderLayer(256, 4)",
    ],
)
def test_a_model_may_have_more_weights_than_one_tensor(made):
    source = MADE + f"made = {made}\nprint(sum(p.numel() for p in made.parameters()))\n"

    run = ax.run(source, ax.Limits(elements=900_000))

    assert run.error is None
    assert int(run.printed) > 700_000


def test_a_module_that_some_run_has_made_is_still_too_large_for_another():
    source = MADE + "made = nn.Linear(60, 60)\n"
    assert ax.run(source).error is None

    error = ax.run(source, ax.Limits(elements=3_599)).error

    assert error.key == "elements"
