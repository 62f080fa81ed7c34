"""Each lesson opens with its figure and the question on it, and an answer shows what happens."""

import re

import pytest
from playwright.sync_api import expect

import texts
from components.address import SECTIONS
from tests.conftest import page_breadth

LESSONS = SECTIONS["lessons"][1:]
FIGURE = ".board .column .part:not([data-key^=question], [data-key^=timeline]), .stPlotlyChart"
SEEN = 200  # pixels of a figure that are on the screen at the least
ON_A_PHONE = 100


@pytest.mark.thinned
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_figure_and_question_are_on_the_first_screen_and_an_answer_is_told(
    server, visit, lesson, lang
):
    say, asks = texts.for_page(lesson, lang), texts.for_page("quizzes", lang)
    page = visit(f"{server.url}/?lang={lang}&page={lesson}", ready="heading")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("title"))
    question = page.locator("[data-key^=question]").first
    options = question.locator(".options button")
    expect(options.first).to_be_visible()
    expect(page.locator(FIGURE).first).to_be_visible()
    page.wait_for_timeout(500)

    asked, drawn = (found.bounding_box() for found in (question, page.locator(FIGURE).first))
    assert asked["y"] + asked["height"] <= 800
    seen = min(drawn["y"] + drawn["height"], 800) - drawn["y"]
    assert seen >= min(SEEN, drawn["height"]) > 150
    assert options.count() >= 2
    assert min(options.evaluate_all("all => all.map((one) => one.offsetHeight)")) >= 44
    sizes = options.evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 16

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.locator(FIGURE).first.bounding_box()["y"] <= 844 - ON_A_PHONE
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_timeout(300)

    options.first.focus()
    page.keyboard.press("Enter")
    verdict = question.get_by_role("status")
    expect(verdict).to_be_visible()
    opening = asks("right", reason="\0").partition("\0")[0], asks("wrong", reason="\0")
    assert verdict.inner_text().startswith((opening[0][:3], opening[1].partition("\0")[0][:3]))
    expect(options.filter(has_text="✓")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"done={lesson}"))
    expect(page.locator("[data-testid=stException]")).to_have_count(0)

    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        assert page_breadth(page) <= width
