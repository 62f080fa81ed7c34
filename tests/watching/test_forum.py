"""The diagnosis on real Python: fifty reports from forums, run under watch()."""

import json
from pathlib import Path

import pytest

from tests.diagnosis.test_cuts import EXPECTED
from tests.diagnosis.test_walk import OF_CASES
from tests.watching.running import watched

CASES = {case["n"]: case for case in json.loads(Path("tests/forum/cases.json").read_text())}
CAUSES = OF_CASES | {number: told[0] for number, told in EXPECTED.items()}
# Variable(loss) is made in C++, where nobody hears of it.
MISSED = {16}
# A case that nothing but watch() explains: it hears what happens inside a checkpoint.
CAUSES[22] = "cut_no_grad"

pytestmark = pytest.mark.filterwarnings("default")


def path_of(number):
    return Path("tests/forum", CASES[number]["file"]).resolve()


@pytest.mark.parametrize("number", sorted(CASES.keys() - MISSED))
def test_a_report_is_explained_on_its_root_line(number):
    seen, _ = watched(path_of(number))
    path, line = str(path_of(number)), CASES[number]["root_line"]

    found = {(f.cause, f.file, f.line) for f in seen.findings}
    assert (CAUSES[number], path, line) in found


@pytest.mark.parametrize("number", sorted(CASES))
def test_its_cure_raises_no_alarm(number):
    seen, left = watched(path_of(number), CASES[number]["cured_program"])

    assert left.error is None
    assert [(f.cause, f.line) for f in seen.findings if f.severity == "alarm"] == []
