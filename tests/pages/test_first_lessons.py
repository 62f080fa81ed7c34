"""The first four lessons: the figure and its question, what an answer reveals, and what is true."""

from dataclasses import asdict

import numpy as np
import pytest

import autograd_explorer as ax
import texts
from autograd_explorer import course
from tests.pages.reading import everything_said, html_of, payloads, row_of
from tests.pages.test_forged import reports
from tests.pages.test_lessons import asked, opened
from tests.pages.test_true_lessons import PROBLEMS, ran, seen

LESSONS = ("gradient", "forward", "backward", "leaf")
BOARDS = dict.fromkeys(LESSONS, "lesson") | {"gradient": "first_screen"}


def answer(app, lesson, choice):
    return app._run(reports(app, BOARDS[lesson], ("report", ["question", "answer", choice])))


def question(app):
    (found,) = payloads(app)["question"]
    return found


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_opens_with_its_figure_and_an_open_question(lesson, lang):
    app = opened(lesson, lang, done=False)
    (program,) = payloads(app)["program_view"]

    assert not app.exception
    assert program["folds"]
    assert not any(line.get("note") or line.get("is") for line in program["lines"])
    assert question(app)["verdict"] is None and question(app)["reveal"]
    assert all(option["holds"] is None for option in question(app)["options"])
    if lesson == "gradient":
        (probe,) = payloads(app)["probe"]
        assert probe["held"] and probe["slope"] is None and len(probe["losses"]) > 10
    else:
        (line,) = payloads(app)["timeline"]
        assert line["held"] and line["at"] < len(line["moments"])


@pytest.mark.thinned
@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("choice", [0, 1, 2])
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_answer_is_met_with_a_reason_and_lets_the_figure_go(lesson, choice, lang):
    app = answer(opened(lesson, lang, done=False), lesson, choice)
    options = question(app)["options"]

    assert not app.exception
    assert options[choice]["chosen"]
    assert [option["holds"] for option in options].count(True) == 1
    assert question(app)["verdict"]["right"] is options[choice]["holds"]
    assert lesson in asked(app, "done")
    assert not payloads(app)["probe" if lesson == "gradient" else "timeline"][0]["held"]


def test_looking_without_predicting_is_allowed():
    app = opened("leaf", done=False)

    app._run(reports(app, "lesson", ("report", ["question", "reveal", True])))

    assert not payloads(app)["timeline"][0]["held"]
    assert question(app)["verdict"]["html"] and asked(app, "done") == "leaf"


@pytest.mark.parametrize("lesson", ["backward", "leaf"])
def test_a_node_of_the_graph_answers_as_its_letter_does(lesson):
    app = opened(lesson, done=False)
    (graph,) = payloads(app)["graph_view"]
    labels = [option["label"] for option in question(app)["options"]]
    boxes = {box["id"]: box.get("variable") for box in graph["boxes"]}

    assert len(graph["tags"]) == 3
    for place, letter in graph["tags"].items():
        assert boxes[place] and boxes[place] in labels[ord(letter) - ord("A")]
        app = opened(lesson, done=False)
        app._run(reports(app, "lesson", ("report", ["graph", "selection", place])))
        assert question(app)["options"][ord(letter) - ord("A")]["chosen"]
        assert "tags" not in payloads(app)["graph_view"][0]
        assert "select" not in app.query_params
    app = opened(lesson, done=False)
    for unknown in ("node-0", "edge-0-0", "node-999", 7, None, ["node-1"]):
        app._run(reports(app, "lesson", ("report", ["graph", "selection", unknown])))
        assert question(app)["verdict"] is None and not app.exception


def test_a_dial_that_changes_the_answer_asks_again_and_a_dragged_number_does_not():
    app = answer(opened("gradient", done=False, seed="1", x="normal"), "gradient", 0)
    grabbed = {"name": "w", "place": [0, 0], "value": 3.5, "settled": True}
    app._run(reports(app, "first_screen", ("report", ["probe", "grab", grabbed])))
    assert asked(app, "changes") == "w_0_0_3.5"
    assert question(app)["verdict"] and payloads(app)["probe"][0]["value"] == 3.5
    (program,) = payloads(app)["program_view"]
    assert "w[0, 0] = 3.5" in program["source"]

    before = [option["holds"] for option in question(app)["options"]]
    for y in ("ones", "zeros", "alternating"):
        run = ax.run(course.gradient.program(ax.Problem(seed=1, x="normal", y=y)))
        if [option.right for option in course.gradient.quiz(run).options] != before:
            break
    moved = {**asdict(ax.Problem(seed=1, x="normal", y=y)), "settled": True}
    app._run(reports(app, "dials", ("move", moved)))
    assert question(app)["verdict"] is None
    assert payloads(app)["probe"][0]["held"]


def test_switching_recording_off_asks_again_which_line_writes_a_node():
    app = answer(opened("forward", done=False), "forward", 1)
    assert question(app)["verdict"]["right"]

    moved = {**asdict(ax.Problem(recording=False)), "settled": True}
    app._run(reports(app, "dials", ("move", moved)))
    assert question(app)["verdict"] is None
    answer(app, "forward", 3)
    assert question(app)["verdict"]["right"]
    assert payloads(app)["graph_view"][0]["shadow"]


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("value", [None, -100.0, 100.0])
def test_what_is_said_of_a_gradient_is_so(problem, value):
    changes = {} if value is None else {"changes": f"w_0_0_{value:g}"}
    app, said, say = seen("gradient", problem, **changes)
    done = () if value is None else (course.changes.Edit("w", (0, 0), value),)
    scope, _, error = ran(course.gradient.program(problem, done))
    slope = scope["w"].grad[0, 0].item()

    assert error is None
    way = "down_zero" if slope == 0 else "down_less" if slope > 0 else "down_more"
    assert say(way) in said
    assert [say(key) in said for key in ("down_zero", "down_less", "down_more")].count(True) == 1
    assert row_of(app, "w.grad[0, 0]")[2] == f"{slope:+.6f}"
    quotients = (scope["change"] / scope["h"]).tolist()
    for h, quotient in zip(course.gradient.STEPS, quotients, strict=True):
        assert float(row_of(app, f"{h:g}")[2]) == pytest.approx(quotient, abs=1e-6)
    off = np.abs(np.array(quotients) - slope)
    assert say("closer") in said
    assert off[2] <= off[0] + 1e-6  # in float32, in which the gradient is


@pytest.mark.parametrize("recording", ["on", "off"])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_is_said_of_the_forward_pass_is_so(problem, recording):
    app, said, say = seen("forward", problem, recording=recording)
    program = course.forward.program(
        ax.Problem(**asdict(problem) | {"recording": recording == "on"})
    )
    scope, _, _ = ran(program)

    assert (say("notice") in said) is (recording == "on")
    assert (say("notice_off") in said) is (recording == "off")
    for name in ("half", "z", "loss"):
        row = row_of(app, name)
        assert row[1] == str(scope[name].requires_grad)
        assert (row[2] != say("no_nodes")) is (scope[name].grad_fn is not None)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_chain_rule_stands_there_in_numbers_of_the_run(problem):
    app, said, say = seen("backward", problem)
    meeting = course.backward.meeting(ax.run(course.backward.program(problem)))
    (formulas,) = [body for body in html_of(app) if "<math" in body]

    assert formulas.count("<math") == 6
    for number in (meeting.error, meeting.penalty, meeting.total, meeting.x, meeting.w_grad):
        assert f"<mn>{abs(number):.4g}</mn>" in formulas
    for key in ("notice", "chain_cell", "order_loss", "order_one", "order_ready"):
        assert say(key).replace("**", "") in said
    assert everything_said(app).count(say("off")) == 0


@pytest.mark.parametrize("problem", PROBLEMS)
def test_of_nodes_that_are_ready_leaves_run_first_and_then_the_last_recorded(problem):
    graph = ax.run(course.backward.program(problem)).graph
    names = [graph.nodes[at].tensor or graph.nodes[at].name for at in graph.order]

    assert names == ["loss", "penalty", "error", "z", "b", "SqueezeBackward4", "MmBackward0", "w"]


def test_what_would_answer_is_not_in_the_table_of_leaves_before():
    before, after = opened("leaf", "en", done=False), opened("leaf", "en")
    say = texts.for_page("leaf", "en")

    assert len(row_of(before, "w")) == 4 and len(row_of(after, "w")) == 6
    assert say("why_w") not in everything_said(before)
    assert say("why_w") in everything_said(after)
