"""The first four lessons in a browser: figures that fit, answers given in them, and the reveal."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import page_breadth, wait_until


def node(page, text):
    return page.locator(".boxes > g", has_text=text).first


def chosen(page):
    return page.locator(".options button[aria-pressed=true]")


@pytest.mark.thinned
@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("lesson", ["forward", "backward", "leaf"])
def test_the_graph_is_seen_whole_beside_the_question_and_is_read(
    server, visit, lesson, width, height
):
    page = visit(
        f"{server.url}/?lang=en&page={lesson}", width=width, height=height, ready="heading"
    )
    frame = page.locator(".frame")
    expect(page.locator(".boxes > g").first).to_be_attached()
    page.wait_for_timeout(500)

    wide, seen = frame.evaluate("frame => [frame.scrollWidth, frame.clientWidth]")
    assert wide <= seen + 1
    scale = frame.evaluate(
        "frame => { const s = frame.firstElementChild;"
        " return s.getBoundingClientRect().width / s.viewBox.baseVal.width; }"
    )
    sizes = page.locator(".boxes text").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert scale * min(sizes) >= 12 - 0.01


@pytest.mark.thinned
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
@pytest.mark.parametrize(
    "lesson, box, right, lefts",
    [("backward", "error", True, 2), ("backward", "z", False, 4), ("leaf", "kept", True, 4)],
)
def test_a_question_is_answered_in_the_graph_and_the_graph_plays(
    server, visit, lesson, box, right, lefts, by
):
    page = visit(f"{server.url}/?lang=en&page={lesson}", ready="heading")
    place = node(page, f"{box} (")
    expect(place).to_be_visible()
    expect(page.locator(".badges .tag")).to_have_count(3)
    expect(page.locator(".timeline")).to_be_hidden()
    before = page.locator(".boxes > g.fired").count()

    if by == "mouse":
        place.click()
    else:
        page.locator(".boxes > g[tabindex='0']").focus()
        for _ in range(lefts):  # along edges, from the loss
            page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")

    expect(chosen(page)).to_have_count(1)
    expect(chosen(page)).to_contain_text(box)
    expect(page.locator(".verdict")).to_have_class(re.compile("right" if right else "wrong"))
    expect(page.locator(".badges .tag")).to_have_count(0)
    wait_until(page, f"document.querySelectorAll('.board').length > 0 && {fired()} > {before}")
    expect(page.locator(".boxes > g.filled").first).to_be_visible()


def fired():
    """How many nodes have run, wherever in the page's shadow roots."""
    return (
        "[...document.querySelectorAll('.part')].map((part) =>"
        " part.shadowRoot.querySelectorAll('.boxes > g.fired').length).reduce((a, b) => a + b, 0)"
    )


def test_the_forward_pass_draws_its_nodes_once_the_question_is_answered(server, visit):
    page = visit(f"{server.url}/?lang=en&page=forward", ready="heading")
    undrawn = page.locator(".boxes > g.undrawn-yet:not(.none)")
    expect(undrawn).to_have_count(4)

    page.locator(".options button").nth(1).click()

    expect(page.locator(".verdict")).to_have_class(re.compile("right"))
    expect(undrawn).to_have_count(0)


def test_the_tangent_and_the_handle_come_with_the_answer_and_the_number_is_dragged(server, visit):
    page = visit(f"{server.url}/?lang=en&page=gradient", ready="heading")
    tangent, slider = page.locator(".probe .tangent"), page.locator("#probed")
    expect(page.locator(".probe .curve")).to_have_attribute("d", re.compile("^M"))
    expect(tangent).to_have_attribute("d", "")
    expect(slider).to_be_hidden()
    expect(page.locator(".slope")).to_have_text("")
    plot = page.locator(".plot svg").bounding_box()
    page.mouse.move(plot["x"] + 300, plot["y"] + 100)
    page.mouse.down()
    page.mouse.move(plot["x"] + 500, plot["y"] + 100)
    page.mouse.up()
    page.wait_for_timeout(600)
    assert "changes=" not in page.url

    page.locator(".options button").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    expect(tangent).to_have_attribute("d", re.compile("^M"))
    expect(page.locator(".slope")).to_contain_text("w.grad[0, 0]")
    before = page.locator(".slope").inner_text()

    slider.press("ArrowLeft")
    page.mouse.move(plot["x"] + 300, plot["y"] + 100)
    page.mouse.down()
    page.mouse.move(plot["x"] + 120, plot["y"] + 100, steps=3)
    page.mouse.up()

    expect(page).to_have_url(re.compile("changes=w_0_0_-"))
    expect(page.locator(".slope")).not_to_have_text(before)
    expect(page.locator(".verdict")).to_be_visible()  # a dragged number asks nothing anew


@pytest.mark.parametrize("lesson", ["gradient", "forward", "backward"])
def test_on_a_phone_the_verdict_stays_under_the_figure_and_what_follows_comes_after(
    server, visit, lesson
):
    page = visit(
        f"{server.url}/?lang=ja&page={lesson}", width=390, height=844, touch=True, ready="heading"
    )
    page.locator(".options button").first.tap()
    expect(page.locator(".verdict")).to_be_visible()
    after = page.locator(".afterwards > *").first
    expect(after).to_be_visible()

    figure = page.locator(".frame, .plot").first.bounding_box()
    verdict, follows = page.locator(".verdict").bounding_box(), after.bounding_box()
    assert figure["y"] < verdict["y"] < follows["y"]
    assert page_breadth(page) <= 390
