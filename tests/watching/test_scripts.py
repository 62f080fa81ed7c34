"""Ten real scripts: watched, each does what it does without, and is seen."""

import pytest
import torch

from tests.watching.running import SCRIPTS, execute, gradients, random_state, watched

# What some scripts do that watch() cannot look into, or that only looks like a mistake.
UNSEEN = {}
PASSES = {"classifier": 20, "gan": 60, "penalty": 40}
MODULES = {
    "classifier": {"model.0", "model.3"},
    "gan": {"maker.0", "critic.2"},
    "char_rnn": {"model.table", "model.cell", "model.out"},
    "transformer": {"model.encoder.layers.1.self_attn", "model.encoder.layers.0.linear1"},
    "vae": {"model.encode", "model.decode.2"},
    "cnn": {"model.first.0", "model.first.1", "model.block.0", "model.out"},
    "lbfgs": {""},
    "penalty": {"critic.0", "critic.2"},
    "custom_function": {"model", ""},
    "mixed_precision": {"model.0", "model.2"},
}

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module", params=SCRIPTS, ids=lambda path: path.stem)
def both(request):
    """A script's name, what it leaves, the generators' state; the same watched, and what is seen."""
    plain = execute(request.param)
    state = random_state()
    seen, left = watched(request.param)
    return request.param, plain, state, left, random_state(), seen


def test_a_script_computes_bit_for_bit_what_it_does_without(both):
    _, plain, state, left, state_watched, _ = both

    assert plain.error is None and left.error is None
    assert len(plain.variables["losses"]) >= 5
    assert left.variables["losses"] == plain.variables["losses"]
    assert state_watched == state
    expected, found = gradients(plain.variables), gradients(left.variables)
    assert expected.keys() == found.keys() and expected
    assert all(torch.equal(found[name], expected[name]) for name in expected)


def test_each_node_knows_its_line_and_its_module(both):
    path, *_, seen = both
    lines = path.read_text(encoding="utf-8").splitlines()
    name = path.stem

    assert seen.passes == PASSES.get(name, seen.passes) >= 5
    assert seen.unseen == UNSEEN.get(name, ())
    nodes = seen.graph.nodes
    assert all(node.file == str(path) and 1 <= node.line <= len(lines) for node in nodes)
    assert {node.module for node in nodes} >= MODULES[name]
    assert len(seen.graph.order) == len(nodes)
    assert len(seen.graph.nodes_frame()) == len(nodes)


def test_a_sound_script_raises_no_alarm(both):
    *_, seen = both

    assert [f for f in seen.findings if f.severity == "alarm"] == []
    assert seen.findings
