"""The programs of tests/corpus do the same by the engine as in plain Python: what they print, how
they fail and on which line, and the gradients that they leave.

tests/corpus/not_taken.txt names those that the engine refuses, or does differently. A line that is
missing there fails, and so does one that is no longer needed.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.compare import verdict

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "tests" / "corpus"
PROGRAMS = sorted(path for path in CORPUS.glob("*/*.py") if path.parent.name != "stand_ins")


def not_taken():
    lines = (CORPUS / "not_taken.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1)[::-1] for line in lines)


@pytest.fixture(scope="module")
def verdicts():
    command = [sys.executable, "-m", "tests.core.compare", *map(str, PROGRAMS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {path: verdict(both) for path, both in json.loads(done.stdout).items()}


def test_the_list_names_programs_that_exist():
    assert set(not_taken()) <= {path.stem for path in PROGRAMS}
    assert set(not_taken().values()) <= {"refused", "different"}


@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_a_program_does_what_it_does_in_plain_python(path, verdicts):
    found, why = verdicts[str(path)]

    assert found == not_taken().get(path.stem, "same"), why
