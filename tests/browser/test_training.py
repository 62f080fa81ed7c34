import re

import pytest
from playwright.sync_api import expect

import texts
from tests.conftest import page_breadth


def at(page):
    return int(page.locator(".descent input[type=range]").input_value())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_figure_and_question_stand_on_the_first_screen(server, visit, lang):
    page = visit(f"{server.url}/?lang={lang}&page=training", width=1280, height=800)
    answer = texts.for_page("training", lang)("becomes_lost")

    expect(page.locator(".descent canvas").first).to_be_visible()
    expect(page.get_by_role("button", name=answer)).to_be_visible()
    for part in (".descent .drawings", ".descent .matrices"):
        box = page.locator(part).bounding_box()
        assert box["y"] > 0 and box["y"] + box["height"] <= 800, part
    box = page.get_by_role("button", name=answer).bounding_box()
    assert box["height"] >= 44 and box["y"] + box["height"] <= 800
    expect(page.locator(".descent .bar")).to_be_hidden()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_answer_plays_the_race_without_a_round_trip(server, visit, by):
    page = visit(f"{server.url}/?lang=en&page=training&steps=60")
    option = page.get_by_role("button", name="smaller than at the start")
    option.focus()
    if by == "mouse":
        option.click()
    else:
        page.keyboard.press("Enter")

    expect(page.locator(".descent .bar")).to_be_visible()
    assert at(page) < 59
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    arrived = page.evaluate("meter.arrivals.length")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=20_000)
    assert at(page) == 59
    assert page.evaluate("meter.arrivals.length") == arrived


def test_one_slider_moves_map_curves_losses_and_matrices(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20")
    slider = page.get_by_role("slider", name="step")
    cell = page.get_by_role("table", name=re.compile(r"w\.grad")).locator("td:not(.blank)").first
    loss = page.locator(".legend .chosen .loss")
    marks = page.locator(".descent .racer.chosen .mark")

    def seen():
        return (
            cell.inner_text(),
            loss.inner_text(),
            marks.evaluate_all("all => all.map((one) => one.getAttribute('transform'))"),
        )

    expect(slider).to_have_value("19")
    end = seen()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("step 0, SGD: loss 9"))
    start = seen()
    page.get_by_role("button", name="One step on", exact=True).click()
    second = seen()

    assert len(start[2]) == 2  # on the map and in the curves
    for one, other in ((start, second), (second, end), (start, end)):
        assert all(a != b for a, b in zip(one, other, strict=True))
    curves = page.locator(".descent svg.curves")
    box = curves.bounding_box()
    curves.click(position={"x": box["width"] - 8, "y": 60})
    expect(slider).to_have_value("19")
    assert seen() == end


def test_who_wants_no_motion_sees_the_end_at_once(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="smaller than at the start").click()

    expect(page.locator(".descent .bar")).to_be_visible()
    assert at(page) == 19
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 390)])
def test_what_is_lost_is_named_and_leaves_the_map_by_an_arrow(server, visit, scheme, width):
    page = visit(
        f"{server.url}/?lang=en&page=training&rate=10.0&steps=60&done=training",
        scheme=scheme, width=width, touch=width < 700, ready="heading",
    )  # fmt: skip

    expect(page.locator(".descent .marks text")).to_have_text(["+∞", "NaN", "+∞", "NaN"])
    expect(page.locator(".descent .arrow.of-sgd")).to_be_visible()
    expect(page.locator(".legend .chosen")).to_contain_text("NaN · off the map from step 1")
    expect(page.get_by_text("From step 12 the loss is inf")).to_be_visible()
    assert page_breadth(page) <= width


def test_an_open_table_stays_open_when_a_dial_moves(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20")
    page.locator("summary", has_text="The numbers as a table").first.click()
    table = page.get_by_role("table", name="The loss at each step")
    before = table.inner_text()

    page.get_by_role("button", name="another seed").click()

    expect(table).not_to_have_text(before)
    expect(table).to_be_visible()


def test_the_loss_surface_can_be_turned(server, visit):
    # Where a machine has no graphics card, Chromium complains of how long drawing takes.
    slow = "GPU stall|willReadFrequently"
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20", forgive=slow)
    page.get_by_text("in 3-D, to turn as well").click()

    expect(page.locator(".gl-container canvas").first).to_be_visible()
    expect(page).to_have_url(re.compile("view=solid"))


def test_a_long_training_shows_how_far_it_is_and_can_be_stopped(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&n_in=64&n_out=64&steps=60")
    page.locator(".descent canvas").first.wait_for()

    page.get_by_text("240", exact=True).first.click()
    # At once: a click would wait until the button stands still, and by then all may be over.
    page.get_by_role("button", name="Stop, and go back to 60 steps").dispatch_event("click")

    expect(page).to_have_url(re.compile("steps=60"))
    expect(page.get_by_role("button", name="Stop, and go back to 60 steps")).to_have_count(0)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_large_matrices_stay_on_a_phone(server, visit):
    page = visit(
        f"{server.url}/?lang=en&page=training&done=training&n_in=64&n_out=64&steps=5",
        width=390, height=844, touch=True, ready="heading",
    )  # fmt: skip
    boxes = page.locator(".descent .matrices canvas")
    expect(boxes).to_have_count(2)

    for box in (boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()):
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
