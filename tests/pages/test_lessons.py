from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import autograd_explorer as ax
import texts
from autograd_explorer import course
from autograd_explorer.recording import minimal
from components import address
from components.address.packing import unpack
from tests.pages.reading import cards_of, everything_said, figures, html_of, payloads, title


def opened(page, lang="en", done=True, **query):
    app = AppTest.from_file("../../app.py", default_timeout=30)
    if done:
        every = address.MARKS
        query["done"] = done if isinstance(done, str) else ".".join(every)
    for key, value in {"page": page, "lang": lang, **query}.items():
        app.query_params[key] = value
    return app.run()


def asked(app, key):
    value = app.query_params[key]
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_index_leads_to_every_lesson_and_shows_which_are_done(lang):
    app = opened("lessons", lang, done="modes.leaf")

    assert not app.exception
    cards = cards_of(app)
    for lesson in address.NUMBERED:
        assert cards[lesson]["title"] == texts.for_page(lesson, lang)("title")
        assert cards[lesson]["picture"].startswith("<svg")
    assert {page for page, card in cards.items() if card["state"] == "done"} == {"modes", "leaf"}
    assert [page for page, card in cards.items() if card["state"] == "next"] == ["gradient"]


DIALS = (
    [("gradient", {}), ("backward", {}), ("leaf", {}), ("proofs", {})]
    + [("forward", {"recording": recording}) for recording in ("on", "off")]
    + [("modes", {"mode": mode}) for mode in course.modes.MODES]
    + [("vectors", {"vector": vector}) for vector in course.vectors.VECTORS]
    + [
        ("training", {"optimizer": optimizer, "rate": rate, "steps": steps})
        for optimizer in course.training.OPTIMIZERS
        for rate, steps in (("0.01", "5"), ("10.0", "60"), ("1.0", "20"), ("0.1", "240"))
    ]
    + [
        ("deep", {"depth": depth, "activation": activation, "init": init, "residual": residual})
        for activation in course.deep.ACTIVATIONS
        for depth, init, residual in (
            ("2", "small", "off"),
            ("32", "large", "on"),
            ("32", "small", "off"),
        )
    ]
    + [
        ("life", {"calls": calls, "clear": clear})
        for calls in ("2", "6")
        for clear in course.life.CLEARS
    ]
)


@pytest.mark.thinned
@pytest.mark.parametrize("page, dials", DIALS)
@pytest.mark.parametrize("lang, size", [("ja", "1"), ("en", "64"), ("ja", "64"), ("en", "1")])
def test_a_lesson_opens_at_the_ends_of_its_dials(lang, size, page, dials):
    app = opened(page, lang, n_in=size, n_out=size, x="normal", **dials)

    assert not app.exception
    assert not app.warning
    assert title(app) == texts.for_page(page, lang)("title")
    assert "program_view" in payloads(app)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "page, dials, count",
    [
        ("training", {"view": "solid", "steps": "240"}, 1),
    ],
)
def test_a_chart_is_named_and_its_numbers_stand_below_as_a_table(lang, page, dials, count):
    app = opened(page, lang, **dials)
    charts = app.get("plotly_chart")

    assert len(charts) == count
    for chart in charts:
        title = chart.proto.alt.partition(",")[0]
        (table,) = [body for body in html_of(app) if f"<caption>{title}" in body]
        assert 1 < table.count('<th scope="row">') <= 32
    dark = [mark for figure in figures(app) for mark in figure["layout"].get("annotations", ())]
    said = texts.for_page("charts", lang)("marks") in everything_said(app)
    assert said is any("bgcolor" in mark for mark in dark)


def test_the_surface_can_be_turned_and_the_link_remembers():
    app = opened("training", view="solid")

    kinds = [trace["type"] for figure in figures(app) for trace in figure["data"]]

    assert kinds == ["surface", "scatter3d"]
    flat = opened("training")
    assert figures(flat) == [] and "descent" in payloads(flat)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_before_the_answer_training_shows_its_start_alone(lang):
    app = opened("training", lang, done="")
    (race,) = payloads(app)["descent"]
    (program,) = payloads(app)["program_view"]

    assert race["held"] and race["stops"] == [0]
    assert all(len(racer["path"]) == len(racer["losses"]) == 1 for racer in race["racers"])
    assert not any("note" in line for line in program["lines"])
    assert len(payloads(app)["question"]) == 1
    assert texts.for_page("training", lang)("moves") not in everything_said(app)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("done", [True, False])
def test_how_the_page_knows_is_told_with_the_very_file(lang, done):
    app = opened("backward", lang, done=done)
    say = texts.for_page("backward", lang)
    (fold,) = [part for part in app.expander if part.label == say("knows_title")]

    assert say("knows").replace("`", "") in everything_said(app)
    assert say("knows_more").replace("`", "") in everything_said(app)
    assert [code.value + "\n" for code in fold.code] == [Path(minimal.__file__).read_text()]
    assert not opened("backward", lang, present="1").expander


def test_a_lessons_program_opens_in_the_playground():
    app = opened("life", calls="3")

    next(button for button in app.button if "Playground" in button.label).click().run()

    assert asked(app, "page") == "playground"
    assert unpack(asked(app, "code")) == course.life.program(ax.Problem(), 3, "never")
    assert "calls" not in app.query_params


def test_next_and_previous_lead_through_the_lessons_and_keep_the_dials():
    app = opened(address.NUMBERED[0], n_in="7")
    seen = []

    for _ in address.NUMBERED[1:]:
        app.button(key="next").click().run()
        seen.append(asked(app, "page"))

    assert tuple(seen) == address.NUMBERED[1:]
    assert asked(app, "n_in") == "7"
    assert not [button for button in app.button if button.key == "next"]


@pytest.mark.parametrize(
    "key, given, allowed",
    [
        ("mode", "x", "no_grad"),
        ("calls", "7", "2, 3"),
        ("clear", "", "never"),
        ("exhibit", "é", "not_scalar"),
        ("done", "<b>", "modes"),
    ],
)
def test_a_bad_dial_is_named_and_the_lesson_works(key, given, allowed):
    app = opened("life" if key != "exhibit" else "museum", **{"done": False, key: given})

    assert not app.exception
    assert f"`{key}" in app.warning[0].value and allowed in app.warning[0].value


def test_a_vector_of_ones_own_is_read_from_the_address_and_moved_by_dials():
    app = opened("vectors", vector="own", v="0.5,-2")

    assert [slider.value for slider in app.slider] == [0.5, -2.0, 1.0]
    assert "torch.tensor([0.5, -2.0, 1.0])" in payloads(app)["program_view"][0]["source"]
    app.slider[2].set_value(-1.5).run()

    assert asked(app, "v") == "0.5,-2,-1.5"
    assert "-2.0, -1.5]" in payloads(app)["program_view"][0]["source"]
    assert opened("vectors", vector="own", v="9,x").warning


def test_a_presentation_without_choices_shows_no_dials_for_the_vector_but_uses_it():
    link = {"vector": "own", "v": "0.5,-2,1", "present": "1"}

    with_choices = opened("vectors", controls="choices", **link)
    without = opened("vectors", controls="seed", **link)

    assert [slider.value for slider in with_choices.slider] == [0.5, -2.0, 1.0]
    assert not without.slider
    assert not without.exception
    assert "torch.tensor([0.5, -2.0, 1.0])" in payloads(without)["program_view"][0]["source"]


def test_measuring_shows_a_ratio_and_bytes():
    app = opened("modes")

    next(button for button in app.button if button.label == "Measure now").click().run()

    assert not app.exception
    assert "times as long" in everything_said(app)
