"""The programs of tests/corpus do the same by the engine as in plain Python: what they print, how
they fail and on which line, and the gradients that they leave.

tests/corpus/not_taken.txt names those that the engine refuses, or does differently. A line that is
missing there fails, and so does one that is no longer needed.
"""

from pathlib import Path

import pytest

from tests.core.compare import Comparison, verdict

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "tests" / "corpus"
PROGRAMS = sorted(path for path in CORPUS.glob("*/*.py") if path.parent.name != "stand_ins")


def not_taken():
    lines = (CORPUS / "not_taken.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1)[::-1] for line in lines)


@pytest.fixture(scope="module")
def comparison():
    with Comparison() as comparison:
        yield comparison


def test_the_list_names_programs_that_exist():
    assert set(not_taken()) <= {path.stem for path in PROGRAMS}
    assert set(not_taken().values()) <= {"refused", "different"}


@pytest.mark.thinned(3)
@pytest.mark.parametrize("path", PROGRAMS, ids=[path.stem for path in PROGRAMS])
def test_a_program_does_what_it_does_in_plain_python(path, comparison):
    found, why = verdict(comparison(path))

    assert found == not_taken().get(path.stem, "same"), why
