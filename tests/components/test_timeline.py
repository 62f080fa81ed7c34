"""The moments as they are sent, against the run that they tell of."""

import json

import pytest

import autograd_explorer as ax
import texts
from autograd_explorer.course import backward
from components.timeline import build_timeline, moment_of
from tests.core.test_timeline import PROGRAMS, program_of

SAY = texts.for_page("timeline", "en")
RUN = ax.run(backward.program(ax.Problem()))
LINE = ax.timeline(RUN)
BUILT = build_timeline(RUN, LINE, SAY)["moments"]


def caption(told):
    """As static/timeline/state.js puts it together."""
    did = told.get("text", SAY("runs"))
    if not told.get("line"):
        return did
    where = "at_turn" if told.get("turn") else "at_line"
    return f"{SAY(where, line=told['line'], turn=told.get('turn'))}: {did}"


def captions(source):
    run = ax.run(source)
    return [*map(caption, build_timeline(run, ax.timeline(run), SAY)["moments"])]


def test_a_caption_says_what_a_line_recorded_in_the_order_in_which_it_did():
    said = {told["line"]: caption(told) for told in BUILT if not told.get("fired")}

    assert said[1] == "line 1: runs"
    assert said[7] == "line 7: w can now receive a gradient"
    assert said[9] == "line 9: records MmBackward0, SqueezeBackward4, AddBackward0"
    assert said[14] == "line 14: backward starts at AddBackward0"


def test_a_caption_says_who_waits_and_what_is_filled():
    said = [caption(told) for told in BUILT if told.get("fired")]

    assert sum("z waits: 1 of 2 gradients have arrived" in text for text in said) == 1
    assert sum("2 of 2 gradients have arrived at z" in text for text in said) == 1
    assert said[-1] == "line 14: w.grad now has a value"


def test_a_second_backward_adds_and_autograd_grad_hands_back():
    twice = "import torch\nw = torch.ones(2, requires_grad=True)\nz = w.sum()\n"

    added = captions(twice + "z.backward(retain_graph=True)\nz.backward()\n")
    assert [text.split(": ")[1] for text in added if "w.grad" in text] == [
        "w.grad now has a value",
        "the gradient that arrives is added to w.grad",
    ]
    assert not any("w.grad" in text for text in captions(twice + "torch.autograd.grad(z, w)\n"))


def test_only_lines_that_run_more_than_once_have_a_turn():
    said = captions("a = 1\nfor i in range(2):\n    a = a + i\n")

    assert said[0] == "line 1: runs"
    assert [text for text in said if "line 3" in text] == [
        "line 3, round 1: runs",
        "line 3, round 2: runs",
    ]


@pytest.mark.parametrize(
    "source, told",
    [
        ("a = 1\n", "the program has ended"),
        (RUN.source, "the program has ended; everything is drawn"),
        ("a = 1\na.backward()\n", "an error stopped the program on line 2"),
    ],
)
def test_the_last_caption_says_how_it_ended_and_no_graph_is_said_to_be_drawn(source, told):
    run = ax.run(source)
    assert build_timeline(run, ax.timeline(run), SAY)["end"] == told


def test_a_program_that_is_no_program_stops_on_its_line():
    assert captions("a = 1\nb = (") == ["line 2: the program stops here"]


def test_a_note_is_true_after_the_last_turn_of_its_line_and_after_its_backward():
    source = "import torch\nw = torch.ones(2, requires_grad=True)\nfor i in range(3):\n"
    run = ax.run(source + "    z = w * i\nz.sum().backward()\n")
    told = build_timeline(run, ax.timeline(run), SAY)["moments"]

    at = {line: i for i, one in enumerate(told) for line in one.get("ran", ())}
    assert caption(told[at[4]]).startswith("line 4, round 3")
    assert told[at[5]]["fills"] == ("w",)
    assert at.keys() == {one.line for one in run.statements}


@pytest.mark.thinned
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", PROGRAMS[::2], ids=[path.stem for path in PROGRAMS[::2]])
@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_program_can_be_told_and_is_small(path, lang):
    run = ax.run(program_of(path))
    line = ax.timeline(run)
    built = build_timeline(run, line, texts.for_page("timeline", lang))
    told = built["moments"]

    assert (
        len(json.dumps(built, allow_nan=False))
        < 150 * len(told) + 6 * sum(built["slots"] or [0]) + 2000
    )
    ran = [line for one in told for line in one.get("ran", ())]
    assert sorted(ran) == sorted({one.line for one in run.statements})
    assert bool(built["thinned"]) == (line.of > len(told))


def test_an_older_link_that_counts_nodes_leads_to_the_moment_of_that_node():
    begins, third, last = (moment_of(LINE, fired) for fired in (0, 3, 8))

    assert caption(BUILT[begins]).startswith("line 14: backward starts")
    assert BUILT[third]["fired"] == (RUN.graph.order[2],)
    assert BUILT[last]["fired"] == (RUN.graph.order[7],)
    assert moment_of(LINE, 11) is None
    assert moment_of(LINE, None) is None
    assert moment_of(ax.timeline(ax.run("a = 1\n")), 0) is None


def test_of_a_large_graph_the_lines_are_told_alone():
    run = ax.run(
        "import torch\nw = torch.ones(2, requires_grad=True)\nz = w\n"
        "for i in range(90):\n    z = z + w\nz.sum().backward()\n"
    )
    large = ax.timeline(run, largest=100)

    assert large.graph is None and {moment.kind for moment in large.moments} == {"line"}
    built = build_timeline(run, large, SAY)
    assert built["slots"] is None
    assert built["moments"][-1]["fills"] == ("w",)
