"""Each cause that the diagnosis can give has a program that it is given for, and one that it is not
given for any more."""

import pytest

import autograd_explorer as ax
import texts
from autograd_explorer.explaining.diagnosis import cuts
from tests.core.test_museum import FINDINGS
from tests.diagnosis.keys import KEYS
from tests.diagnosis.test_cuts import EXPECTED
from tests.diagnosis.test_walk import CAUSES, OF_CASES

pytestmark = pytest.mark.filterwarnings("ignore")


def told(source):
    run = ax.run(source)
    return run, {(one.cause, one.line) for one in ax.diagnose(run)}


@pytest.mark.parametrize("cause", KEYS)
def test_a_cause_is_told_on_its_line_and_not_after_the_cure(cause):
    key = KEYS[cause]
    _, before = told(key.source)
    run, after = told(key.cured)

    assert (cause, key.line) in before
    assert run.error is None and cause not in {name for name, _ in after}


def test_every_cause_is_shown_by_an_exhibit_a_report_or_a_program_of_its_own():
    of_exhibits = {cause for cause, _ in FINDINGS.values()}
    of_reports = {cause for cause, _, _ in EXPECTED.values()} | set(OF_CASES.values())
    known = (CAUSES | set(cuts.CAUSES)) - {"arrived"}

    assert known == of_exhibits | of_reports | set(KEYS)


def test_every_cause_has_its_words_and_no_other_has():
    of_diagnosis, of_failures = (
        {key.removeprefix("cause_") for key in texts._read(file, "en") if key.startswith("cause_")}
        for file in ("diagnosis", "errors")
    )
    known = (CAUSES | set(cuts.CAUSES)) - {"arrived"}

    assert of_diagnosis <= known <= of_diagnosis | of_failures
