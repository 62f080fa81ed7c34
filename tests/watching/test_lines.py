"""What each line of a script did, as plain Python has it: in the same process, and in one of its own."""

import sys

import numpy as np
import pytest
import torch

import autograd_explorer as ax
from autograd_explorer.records import PlainView, TensorView, shape_of
from autograd_explorer.watching.lines import Lines, spots_of
from autograd_explorer.watching.watch import Watching, watched
from tests.watching.running import SCRIPTS, execute, gradients

pytestmark = pytest.mark.filterwarnings("default")


# Each run imports PyTorch anew; that watching changes nothing is tried with all of them in
# test_scripts.py.
some = [pytest.param(path, marks=[pytest.mark.soak] * (i % 2)) for i, path in enumerate(SCRIPTS)]


@pytest.fixture(scope="module", params=some, ids=[path.stem for path in SCRIPTS])
def both(request):
    """A script, what it leaves in plain Python, and what is seen of it in a process of its own."""
    return request.param, execute(request.param), ax.run_script(request.param)


def test_the_variables_at_the_end_are_those_of_plain_python(both):
    path, plain, seen = both

    assert seen.run.error is None
    assert seen.run.source == path.read_text(encoding="utf-8")
    numbers = [v for v in plain.variables.values() if type(v) in (float, int)]
    told = [v.text for v in seen.run.variables.values() if isinstance(v, PlainView)]
    assert all(repr(number) in told for number in numbers)
    tensors = {n: t for n, t in plain.variables.items() if isinstance(t, torch.Tensor)}
    whole = {n: v for n, v in seen.run.variables.items() if isinstance(v, TensorView)}
    assert whole.keys() <= tensors.keys()
    assert all(tensors[name].numel() > 4096 for name in tensors.keys() - whole.keys())
    for name, view in whole.items():
        assert np.array_equal(view.values, tensors[name].detach().numpy(), equal_nan=True), name


def test_the_losses_that_lines_assigned_are_those_of_plain_python(both):
    _, plain, seen = both
    told = {
        float(view.values)
        for statement in seen.run.statements
        for view in statement.assigned.values()
        if isinstance(view, TensorView) and not view.shape
    }

    assert told & set(plain.variables["losses"])


def test_graph_and_gradients_are_those_of_plain_python(both):
    path, plain, seen = both
    run = seen.run

    assert run.graph is run.backwards[-1] and seen.numbers[-1] == seen.passes - 1
    assert len(run.graph.recorded) == len(run.graph.nodes)
    lines = len(run.source.splitlines())
    assert all(1 <= node.line <= lines and not node.file for node in run.graph.nodes)
    by_line = {line for s in run.statements for line in range(s.line, s.end_line + 1)}
    assert {node.line for node in run.graph.nodes} <= by_line
    if path.stem in ("char_rnn", "gan", "lbfgs", "transformer", "mixed_precision"):
        return  # clipped, scaled, from two passes, or kept in a function
    found = gradients(plain.variables)
    leaves = {n.tensor: n.upstream[0] for n in run.graph.nodes if n.tensor in found}
    assert leaves
    for name, array in leaves.items():
        if shape_of(array) == array.shape:
            assert np.array_equal(array, found[name].numpy()), name


def test_every_pass_belongs_to_the_statement_that_ran_it(both):
    *_, seen = both
    owners = [n for s in seen.run.statements for n in s.backwards]

    assert sorted(owners) == sorted(set(owners))
    assert len(seen.run.backwards) - 1 in owners
    for statement in seen.run.statements:
        if statement.backwards:
            text = seen.run.source.splitlines()[statement.line - 1 : statement.end_line]
            assert any(word in "".join(text) for word in ("backward", "grad", "step"))


def followed(source, tmp_path):
    """The statements that are kept of a program, and its variables."""
    file = tmp_path / "followed.py"
    file.write_text(source, encoding="utf-8")
    lines = Lines(str(file), source, 64, lambda line: None)
    watching = Watching("last", 64, lines)
    variables = {"__name__": "__main__"}
    with watched(watching):
        exec(compile(source, str(file), "exec"), variables)  # noqa: S102
    passes = {number: at for at, number in enumerate(sorted(watching.passes.kept))}
    return lines.statements(passes, None), variables


def told(statements):
    return [
        (
            s.line,
            s.turn,
            {n: getattr(v, "text", None) or v.values.tolist() for n, v in s.assigned.items()},
        )
        for s in statements
    ]


def test_a_loop_tells_its_turns_and_no_turn_more(tmp_path):
    made, _ = followed("total = 0\nfor i in range(3):\n    total += i\n", tmp_path)

    assert told(made) == [
        (1, 1, {"total": "0"}),
        (2, 1, {"i": "0"}), (3, 1, {"total": "0"}),
        (2, 2, {"i": "1"}), (3, 2, {"total": "1"}),
        (2, 3, {"i": "2"}), (3, 3, {"total": "3"}),
    ]  # fmt: skip


def test_a_statement_over_several_lines_is_one_and_a_with_ends_once(tmp_path):
    source = "import torch\nwith torch.no_grad() as none:\n    a = max(\n        1,\n        2,\n    )\n    b = a\nc = 3\n"
    made, _ = followed(source, tmp_path)

    assert [(s.line, s.end_line, s.turn) for s in made] == [
        (1, 1, 1),
        (2, 2, 1),
        (3, 6, 1),
        (7, 7, 1),
        (8, 8, 1),
    ]
    assert told(made)[2][2] == {"a": "2"}


def test_what_fails_has_assigned_nothing(tmp_path):
    source = "x = 1\ntry:\n    x = 1 / 0\nexcept ZeroDivisionError:\n    pass\n"
    made, _ = followed(source, tmp_path)

    assert (3, 1, {}) in told(made)


def test_locals_attributes_and_items_are_told_and_no_property_is_asked(tmp_path):
    source = """import torch
class A:
    @property
    def loud(self):
        raise RuntimeError
    def __init__(self):
        self.w = torch.ones(2)
        part, *rest = 1, 2, 3
        self.w[0] = 5
a = A()
"""
    made, _ = followed(source, tmp_path)
    by_line = {line: assigned for line, _, assigned in told(made)}

    assert by_line[7] == {"self.w": [1.0, 1.0]}
    assert by_line[8] == {"part": "1", "rest": "[2, 3]"}
    assert by_line[10] == {"a": "<A>"}


def test_a_large_tensor_is_told_by_its_shape(tmp_path):
    made, _ = followed("import torch\nw = torch.ones(100, 2)\n", tmp_path)

    assert told(made)[-1][2] == {"w": "(100, 2) float32"}


def test_of_a_long_loop_numbers_are_kept_evenly_and_the_last_one(tmp_path):
    made, _ = followed("x = 0\nfor i in range(5000):\n    x = x + 1\n    y = [x]\n", tmp_path)
    turns = [s.turn for s in made if s.line == 3]

    assert turns[:3] == [1, 2, 3] and turns[-1] == 5000 and 30 < len(turns) < 70
    steps = set(np.diff(turns[3:-1]).tolist())
    assert len(steps) == 1
    assert [s.turn for s in made if s.line == 4] == [1, 2, 3, 5000]
    assert all(int(s.assigned["x"].text) == s.turn for s in made if s.line == 3)


def test_tracing_ends_with_the_block_and_gives_back_what_was_there(tmp_path):
    def before(*_):
        return None

    sys.settrace(before)
    try:
        followed("x = 1\n", tmp_path)
        assert sys.gettrace() is before
    finally:
        sys.settrace(None)


def test_what_is_no_python_has_no_statements():
    assert spots_of("x = = 1") == {}
