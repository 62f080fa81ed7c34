"""What the box of findings says: a cause and a cure for each, in both languages."""

import json
from pathlib import Path

import pytest

import autograd_explorer as ax
import texts
from autograd_explorer import Finding
from autograd_explorer.course.museum import EXHIBITS
from components.found import build_findings, words_of

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/forum/cases.json").read_text())
PROGRAMS = {case["file"]: (ROOT / "tests/forum" / case["file"]).read_text() for case in CASES} | {
    exhibit.name: exhibit.source for exhibit in EXHIBITS
}
SAY = {language: texts.for_page("diagnosis", language) for language in texts.LANGUAGES}
OF_ERRORS = {key for key in texts._read("errors", "en") if key.startswith("cause_")}


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_finding_has_a_cause_and_a_cure_in_both_languages(name):
    for finding in ax.diagnose(ax.run(PROGRAMS[name])):
        key = f"cause_{finding.cause}"
        if finding.cause == "arrived" or (
            key in OF_ERRORS and finding.facts.get("raised_line") == finding.line
        ):
            continue
        for say in SAY.values():
            for sentence in words_of(finding, say):
                assert sentence and "{" not in sentence and "``" not in sentence, finding


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_an_alarm_stands_in_full_and_a_fact_behind_a_line(language):
    alarm = Finding("w", "zero", "alarm", "relu_dead", 14)
    fact = Finding("x", "partial", "fact", "tie", 5, {"count": 2})
    fine = Finding("b", "arrived", "fact", "arrived", None)

    box = build_findings([alarm, fact, fine], SAY[language], "")
    shown, _, behind = box.partition("<details")

    assert SAY[language]("cause_relu_dead", line=14).partition("14")[0] in shown
    assert 'data-choose="line-14"' in shown and "✗" in shown
    assert 'data-choose="line-5"' in behind and "<code>b</code>" in behind


def test_all_is_well_in_one_line():
    fine = [Finding(name, "arrived", "fact", "arrived", None) for name in "wb"]

    box = build_findings(fine, SAY["en"], "")

    assert "Every gradient arrived (2)." in box
    assert "<details" not in box and "<li" not in box


def test_what_a_program_named_is_text_and_no_markup():
    nasty = Finding("<b>`x`</b>", "none", "alarm", "cut_item", 3)

    box = build_findings([nasty], SAY["en"], "")

    assert "<b>`" not in box and "&lt;b&gt;" in box
