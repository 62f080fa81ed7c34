"""What each line of a program did. That it is what plain Python has is tried in test_doors.py."""

import sys

import numpy as np

from autograd_explorer.watching.lines import Lines, spots_of
from autograd_explorer.watching.watch import Watching, watched


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


def test_what_a_module_is_given_is_told(tmp_path):
    source = """import torch
class A(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(2))
        self.part = torch.nn.ReLU()
a = A()
"""
    made, _ = followed(source, tmp_path)
    by_line = {line: assigned for line, _, assigned in told(made)}

    assert by_line[5] == {"self.w": [1.0, 1.0]}
    assert by_line[6] == {"self.part": "<ReLU>"}


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
