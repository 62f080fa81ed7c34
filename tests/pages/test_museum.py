"""The museum as its pages show it: the wall, the questions, the words and the fixes."""

import re
import string

import pytest

import autograd_explorer as ax
import texts
from autograd_explorer.course.museum import EXHIBITS, ROOMS, facts
from components import address
from components.address.packing import unpack
from tests.core.test_museum import FINDINGS, STOPS, expected
from tests.pages.reading import (
    callouts,
    cards_of,
    everything_said,
    headings,
    html_of,
    payloads,
    title,
)
from tests.pages.test_lessons import asked, opened
from tests.pages.test_question import answer, question

languages = pytest.mark.parametrize("lang", texts.LANGUAGES)
every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda exhibit: exhibit.name)
# PyTorch warns of two of the mistakes, and does not stop them.
pytestmark = pytest.mark.filterwarnings("ignore:The .grad attribute", "ignore:Converting a tensor")


def plain(text):
    return text.replace("`", "")


def opening_of(cause, line, lang):
    """How the sentence of a cause begins, up to the first name or term in it."""
    words = texts._read("diagnosis", lang) | {
        key: text
        for key, text in texts._read("errors", lang).items()
        if key not in texts._read("diagnosis", lang)
    }
    text = words[f"cause_{cause}"].replace("{line}", str(line))
    return max(re.split(r"\[\[.*?\]\]|\{.*?\}", plain(text)), key=len)


@languages
def test_the_wall_shows_every_exhibit_as_it_goes_wrong_and_gives_nothing_away(lang):
    app = opened("museum", lang, done=False)
    say = texts.for_page("museum", lang)
    (wall,), shown = payloads(app)["cards"], cards_of(app)

    assert not app.exception and title(app) == say("title")
    assert [room["title"] for room in wall["sections"]] == [say(f"room_{room}") for room in ROOMS]
    assert list(shown) == [exhibit.name for exhibit in EXHIBITS]
    assert [int(card["number"]) for card in shown.values()] == list(range(1, len(EXHIBITS) + 1))
    for exhibit in EXHIBITS:
        run, card = ax.run(exhibit.source), shown[exhibit.name]
        assert card["title"] == say(f"exhibit_{exhibit.name}")
        assert not card["state"] and not card["text"]
        if run.printed:
            assert (card["kind"], card["printed"]) == ("prints", run.printed.rstrip())
        else:
            told = f"{run.error.type}: {run.error.message}"
            assert (card["kind"], card["printed"]) == ("raises", told)


@languages
def test_a_solved_card_tells_how_it_ended_and_its_cure(lang):
    solved = [exhibit.name for exhibit in EXHIBITS[::3]]
    app = opened("museum", lang, done=".".join(["museum", *solved]))
    say = texts.for_page("museum", lang)
    shown = cards_of(app)

    assert say("progress", done=len(solved), all=len(EXHIBITS)) in everything_said(app)
    assert [name for name, card in shown.items() if card["state"] == "done"] == solved
    for name in solved:
        assert shown[name]["kind"] == ("raises" if name in STOPS else "silent")
        assert re.sub("<[^>]*>", "", shown[name]["text"]).startswith(
            plain(say(f"cure_{name}"))[:8].replace("<", "&lt;")
        )


@pytest.mark.thinned
@languages
@every_exhibit
def test_an_exhibit_tells_its_reason_with_its_own_numbers_beside_both_programs(lang, exhibit):
    app = opened("museum", lang, exhibit=exhibit.name)
    say = texts.for_page("museum", lang)
    error = ax.run(exhibit.source).error
    why = plain(say(f"why_{exhibit.name}", **expected(exhibit.source)))
    cause, line = FINDINGS[exhibit.name]

    assert not app.exception
    assert title(app) == say(f"exhibit_{exhibit.name}")
    assert plain(say(f"cure_{exhibit.name}")) in everything_said(app)
    assert why in everything_said(app)
    assert opening_of(cause, line, lang) in everything_said(app)
    stopped = ("wrong", error.message) if error else ("beware", say("nothing_raised"))
    assert callouts(app) == [stopped]

    # The two programs stand side by side, with signs.
    (sides,) = [body for body in html_of(app) if 'class="difference"' in body]
    before, after = sides.split("<figure>")[1:]
    assert "−" in before or "+" in after
    assert "+" not in re.findall('"sign" aria-hidden="true">(.?)<', before)
    for side, source in ((before, exhibit.source), (after, exhibit.fixed)):
        assert side.count('class="at"') == len(source.rstrip("\n").split("\n"))


@pytest.mark.thinned
@languages
@every_exhibit
def test_what_is_said_after_the_fix_is_true_of_the_fixed_program(lang, exhibit):
    app = opened("museum", lang, exhibit=exhibit.name, fixed="on")
    say = texts.for_page("museum", lang)
    told = say(f"fixed_{exhibit.name}", **expected(exhibit.fixed))

    assert not app.exception
    assert callouts(app) == [("right", plain(told))]
    assert say(f"why_{exhibit.name}", **facts(ax.run(exhibit.source))) not in everything_said(app)


@pytest.mark.thinned
@languages
@every_exhibit
def test_no_number_of_a_fixed_program_is_typed(lang, exhibit):
    text = texts.for_page("museum", lang)(f"fixed_{exhibit.name}")
    named = [name for _, name, _, _ in string.Formatter().parse(text) if name]

    assert named
    assert not re.search(r"\d", re.sub(r"\{\w+\}|`[^`]*`", "", text))


@languages
def test_the_question_comes_before_the_answer_and_solving_is_remembered(lang):
    app = opened("museum", lang, done=False, exhibit="cut_by_item")
    (program,) = payloads(app)["program_view"]
    assert not any("note" in line or "is" in line for line in program["lines"])
    assert texts.for_page("museum", lang)("fix_title") not in headings(app)

    app = answer(app, len(question(app)["options"]) - 1, board="exhibit")

    assert not app.exception and question(app)["verdict"]["right"]
    assert asked(app, "done").split(".") == ["museum", "cut_by_item"]
    (program,) = payloads(app)["program_view"]
    assert any("note" in line for line in program["lines"])


@pytest.mark.parametrize("choice", range(5))
@pytest.mark.parametrize("name", ["fake_not_detached", "cut_by_data"])
def test_every_answer_is_met_with_a_reason(name, choice):
    app = answer(opened("museum", done=False, exhibit=name), choice, board="exhibit")

    assert not app.exception
    told = question(app)
    assert told["options"][choice]["chosen"]
    assert told["verdict"]["right"] is told["options"][choice]["holds"]
    assert told["verdict"]["html"]


def test_one_click_mends_an_exhibit_and_another_brings_it_back():
    app = opened("museum", exhibit="leaf_in_place")

    app.button(key="fix").click().run()
    assert asked(app, "fixed") == "on" and callouts(app)[0][0] == "right"
    app.button(key="fix").click().run()

    assert asked(app, "fixed") == "off" and callouts(app)[0][0] == "wrong"


@pytest.mark.parametrize("place", [0, 1, len(EXHIBITS) - 1])
def test_the_trail_leads_to_the_exhibits_beside(place):
    app = opened("museum", exhibit=EXHIBITS[place].name)
    (trail,) = payloads(app)["trail"]

    names = ["", *(exhibit.name for exhibit in EXHIBITS), ""]
    assert [trail["previous"]["name"], trail["next"]["name"]] == [names[place], names[place + 2]]
    assert trail["place"] == f"Exhibit {place + 1} of {len(EXHIBITS)}"
    assert set(trail["left_behind"]) >= {"exhibit", "fixed", "select"}


def test_a_fixed_program_opens_in_the_playground():
    app = opened("museum", exhibit="carried_state", fixed="on")

    next(button for button in app.button if "Playground" in button.label).click().run()

    (exhibit,) = [exhibit for exhibit in EXHIBITS if exhibit.name == "carried_state"]
    assert unpack(asked(app, "code")) == exhibit.fixed
    assert "exhibit" not in app.query_params


def test_an_exhibit_that_does_not_exist_opens_the_wall_and_says_so():
    app = opened("museum", exhibit="version")

    assert not app.exception and len(app.warning) == 1
    assert "cards" in payloads(app) and "trail" not in payloads(app)


def test_everything_can_be_done_at_once_in_one_address():
    app = opened("museum", "en", done=".".join(address.MARKS))

    assert not app.warning
    assert all(card["state"] == "done" for card in cards_of(app).values())
