"""What a lesson's figure shows before its question is answered, and after."""

import pytest

import autograd_explorer as ax
import texts
from autograd_explorer import course
from autograd_explorer.course.numbers import scientific
from components import address
from components.question import Asked, build_question
from tests.pages.reading import everything_said, payloads
from tests.pages.test_lessons import opened

QUIZZES = {
    "life": lambda p: course.life.quiz(ax.run(course.life.program(p, 3, "never")), 3),
    "modes": lambda p: course.modes.quiz(ax.run(course.modes.program(p, "no_grad"))),
    "vectors": lambda p: course.vectors.quiz(ax.run(course.vectors.program(p, "ones"))),
    "deep": lambda p: course.deep.quiz(
        ax.run(course.deep.program(p, 8, "sigmoid", "small", skip=False))
    ),
    "proofs": lambda p: course.proofs.quiz(ax.run(course.proofs.program(p))),
}


def known(app):
    """Of each panel's steps, whether the browser knows them."""
    (chart,) = payloads(app)["series"]
    return [[step is not None for step in panel["cells"]] for panel in chart["panels"]]


@pytest.mark.parametrize("page", QUIZZES)
def test_the_program_has_no_notes_before_the_answer(page):
    before, after = (payloads(opened(page, done=done))["program_view"][0] for done in (False, True))

    assert before["source"] == after["source"] and before["folds"]
    assert not any(line.get("note") or line.get("is") for line in before["lines"])
    assert any(line.get("note") for line in after["lines"])


@pytest.mark.parametrize(
    "page, dials, given",
    [
        ("life", {"calls": "4", "clear": "zero"}, [[True, False, False, False]]),
        ("deep", {"depth": "2"}, [[False, True]] * 2),
        ("proofs", {}, [[True, True, *[False] * 10]]),
    ],
)
def test_a_figure_gives_what_the_question_gives_and_then_all(page, dials, given):
    before, after = (opened(page, done=done, **dials) for done in (False, True))

    assert known(before) == given
    assert all(map(all, known(after)))


def test_the_jacobian_is_empty_and_the_product_is_there_before_the_answer():
    before, after = (payloads(opened("vectors", done=done))["product"][0] for done in (False, True))

    assert [before[name]["matrices"][0]["values"] is None for name in ("vector", "matrix", "product")] == [False, True, False]  # fmt: skip
    assert after["matrix"]["matrices"][0]["values"]
    assert before["matrix"]["matrices"][0]["rows"] == after["matrix"]["matrices"][0]["rows"] == 3
    peaks = {after[name]["peak"] for name in ("vector", "matrix", "product")}
    assert len(peaks) == 3  # each on a scale of its own
    assert len(after["passes"]) == 3


@pytest.mark.parametrize("mode", course.modes.MODES)
def test_a_mode_leaves_a_graph_or_a_shadow_of_it(mode):
    before, after = (opened("modes", done=done, mode=mode) for done in (False, True))
    run = ax.run(course.modes.program(ax.Problem(), mode))
    usual, shown = (payloads(app)["graph_view"][0] for app in (before, after))

    assert not usual["shadow"]
    assert bool(shown["shadow"]) is (run.graph is None)
    assert ("question" in payloads(before)) is (mode != "normal")
    assert (texts.for_page("modes", "en")("all_title") in everything_said(before)) is False


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("lesson", QUIZZES)
def test_every_answer_stands_in_words_and_is_met_with_a_reason(lesson, lang):
    quiz = QUIZZES[lesson](ax.Problem())
    say, own = texts.for_page("quizzes", lang), texts.for_page(lesson, lang)
    labels = set()
    for choice, option in enumerate(quiz.options):
        asked = Asked(quiz, (lesson,), choice, open=False, again=True)
        built = build_question(asked, say, own)
        labels |= {one["label"] for one in built["options"]}
        assert built["verdict"]["right"] is option.right
        assert own(option.why, **option.facts) in built["verdict"]["html"]
        assert option.words and built["text"]
    assert len(labels) == len(quiz.options)


def test_the_three_checks_are_an_appendix():
    assert "proofs" not in address.NUMBERED and "proofs" in address.SECTIONS["lessons"]
    app = opened("proofs")
    assert not [button for button in app.button if button.key in ("next", "previous")]


@pytest.mark.parametrize(
    "value, written",
    [
        (3.3e-6, "3.3 × 10⁻⁶"),
        (1.78e27, "1.8 × 10²⁷"),
        (0.0442, "0.044"),
        (0.0, "0"),
        (float("inf"), "∞"),
        (float("nan"), "NaN"),
    ],
)
def test_numbers_are_written_as_at_school(value, written):
    assert scientific(value).replace("\N{NO-BREAK SPACE}", " ") == written
