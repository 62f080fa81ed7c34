"""A lesson's question: answered once, asked again when a dial changes the answer, counted."""

import pytest

import texts
from components import address
from tests.pages.reading import cards_of, everything_said, payloads
from tests.pages.test_forged import reports
from tests.pages.test_lessons import asked as in_address
from tests.pages.test_lessons import opened


def question(app):
    (found,) = payloads(app)["question"]
    return found


def answer(app, choice, board="lesson", event="answer"):
    sent = reports(app, board, ("report", ["question", event, choice]))
    return app._run(widget_state=sent)


def holds(app):
    return [option["holds"] for option in question(app)["options"]]


def right(lesson, **query):
    """Which option holds; a link on which the lesson is done tells it."""
    app = opened(lesson, "en", **query)
    return next(i for i, option in enumerate(question(app)["options"]) if option["holds"])


def test_before_an_answer_nothing_tells_it():
    app = opened("backward", "en", done=False)

    told = question(app)
    assert {option["holds"] for option in told["options"]} == {None}
    assert told["verdict"] is None
    assert told["reveal"]


@pytest.mark.parametrize("choice, lang", [(0, "ja"), (-1, "en")])
@pytest.mark.parametrize("lesson", address.SECTIONS["lessons"][1:])
def test_every_lesson_asks_and_meets_an_answer_with_a_reason(lesson, choice, lang):
    app = opened(lesson, lang, done=False)
    assert not app.exception and set(holds(app)) == {None}

    board = address.FIRST_SCREEN if lesson == "gradient" else "lesson"
    app = answer(app, range(len(holds(app)))[choice], board)

    assert not app.exception
    assert question(app)["verdict"]["right"] is holds(app)[choice]
    assert holds(app).count(True) == 1
    assert in_address(app, "done") == lesson


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_right_answer_is_told_with_its_reason_and_counts_as_foreseen(lang):
    choice = right("backward")
    app = answer(opened("backward", lang, done=False), choice)

    told = question(app)
    assert [i for i, held in enumerate(holds(app)) if held] == [choice]
    assert told["options"][choice]["chosen"]
    assert told["verdict"]["right"]
    assert in_address(app, "done") == in_address(app, "right") == "backward"


def test_a_wrong_answer_is_told_and_a_second_try_does_not_count():
    choice = right("backward")
    wrong = (choice + 1) % 3
    app = answer(opened("backward", "en", done=False), wrong)
    assert not question(app)["verdict"]["right"]
    assert "right" not in app.query_params

    app = answer(app, choice)

    assert question(app)["verdict"]["right"]
    assert "right" not in app.query_params


def test_who_does_not_want_to_answer_sees_it_and_has_foreseen_nothing():
    foreseen = answer(opened("backward", "en", done=False), right("backward"))
    told = question(foreseen)["verdict"]["html"]
    app = answer(opened("backward", "en", done=False), True, event="reveal")

    assert True in holds(app)
    assert question(app)["verdict"]["html"] == told.removeprefix("Right. ")
    assert in_address(app, "done") == "backward"
    assert "right" not in app.query_params


@pytest.mark.parametrize("choice", [-1, 99, "0", None, True, 1.0, [0]])
def test_an_answer_that_there_is_not_is_none(choice):
    app = answer(opened("backward", "en", done=False), choice)

    assert not app.exception
    assert set(holds(app)) == {None}
    assert "done" not in app.query_params


def test_a_dial_that_changes_the_answer_asks_again():
    app = opened("modes", "en", done=False, mode="enable_inside")
    app = answer(app, right("modes", mode="enable_inside"))
    assert True in holds(app)

    app.query_params["mode"] = "no_grad"
    app.run()

    assert set(holds(app)) == {None}
    assert question(app)["title"] == texts.for_page("quizzes", "en")("again")
    app = answer(app, right("modes", mode="no_grad"))
    assert question(app)["verdict"]["right"]


def test_a_dial_that_leaves_the_answer_leaves_it_told():
    app = answer(opened("backward", "en", done=False), right("backward"))

    app.query_params["seed"] = "7"
    app.run()

    assert question(app)["verdict"]["right"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_index_tells_how_many_were_foreseen(lang):
    app = opened("lessons", lang, done="backward.leaf.modes", right="leaf")

    say = texts.for_page("lessons", lang)
    assert say("score", right=1, answered=3) in everything_said(app)


def test_what_was_foreseen_and_never_done_does_not_count():
    app = opened("lessons", "en", done="leaf", right="backward.leaf")

    assert texts.for_page("lessons", "en")("score", right=1, answered=1) in everything_said(app)


def test_every_page_is_a_card_that_opens_it():
    app = opened("lessons", "en", done=False)
    assert {*cards_of(app)} == {*address.SECTIONS["lessons"]} - {"lessons"}

    app = app._run(widget_state=reports(app, "index", ("report", ["cards", "open", "leaf"])))

    assert in_address(app, "page") == "leaf"


@pytest.mark.parametrize("page", ["explorer", "nowhere", None, ["leaf"]])
def test_a_card_that_there_is_not_opens_nothing(page):
    app = opened("lessons", "en", done=False)

    app = app._run(widget_state=reports(app, "index", ("report", ["cards", "open", page])))

    assert not app.exception
    assert in_address(app, "page") == "lessons"
