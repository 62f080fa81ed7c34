"""The corpus in tests/programs: what plain Python prints, ax.run prints, to the character."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import autograd_explorer as ax
from tests.core.reference import without_addresses

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = sorted((ROOT / "tests" / "programs").glob("*.py"))


@pytest.fixture(scope="module")
def printed():
    """Program → what plain Python printed, and its exit code."""
    command = [sys.executable, "-m", "tests.core.plain_python", *map(str, PROGRAMS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_there_are_enough_programs_each_with_a_purpose():
    assert len(PROGRAMS) >= 60
    for path in PROGRAMS:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@pytest.mark.filterwarnings("ignore")  # what PyTorch warns of goes to the log, as in plain Python
@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_a_program_prints_what_plain_python_prints(path, printed):
    expected, code = printed[str(path)]
    state = torch.random.get_rng_state()

    run = ax.run(path.read_text(encoding="utf-8"))

    assert run.error is None
    assert code == 0
    assert without_addresses(run.printed) == without_addresses(expected)
    assert run.printed
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.is_grad_enabled()
