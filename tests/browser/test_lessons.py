import re

import pytest
from playwright.sync_api import expect

import texts
from components.address import LESSONS
from tests.conftest import page_breadth

ALL = ".".join((*LESSONS, "not_scalar"))


@pytest.mark.parametrize(
    "lang, scheme, width, height",
    [
        ("en", "light", 1280, 800),
        ("ja", "dark", 1280, 800),
        ("en", "light", 390, 844),
        ("ja", "dark", 390, 844),
    ],
)
@pytest.mark.parametrize("page_name", ["lessons", *LESSONS])
def test_a_lesson_opens_from_a_cold_link_and_nothing_sticks_out(
    server, visit, page_name, lang, scheme, width, height
):
    page = visit(
        f"{server.url}/?lang={lang}&page={page_name}&done={ALL}",
        width=width,
        height=height,
        scheme=scheme,
        touch=width < 700,
        ready="heading",
    )

    title = texts.for_page(page_name, lang)("title")
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    if page_name != "lessons":
        expect(page.get_by_role("button", name=re.compile("Playground"))).to_be_visible()
        expect(page.locator("li", has_text="import torch").first).to_be_visible()
    assert page_breadth(page) <= width


def test_an_answer_reveals_the_lesson_and_the_link_remembers(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf", ready="heading")
    reason = page.get_by_text("kept asked for it")
    options = page.locator(".st-key-options button")
    kept = options.filter(has_text="kept.grad")
    options.first.focus()
    while not kept.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")  # by keyboard one goes over the answers before one gives one
    page.wait_for_timeout(500)
    expect(reason).to_have_count(0)
    assert kept.evaluate("button => getComputedStyle(button).outlineWidth") == "2px"
    assert min(options.evaluate_all("all => all.map((one) => one.offsetHeight)")) >= 40

    page.keyboard.press("Enter")

    expect(options.filter(has_text="✓")).to_have_text("✓ kept.grad")
    expect(page.get_by_text("Right. kept asked for it with retain_grad().")).to_be_visible()
    expect(page.locator(".boxes > g").first).to_be_visible()
    expect(page).to_have_url(re.compile("done=leaf"))


def test_a_moved_dial_moves_the_lesson(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf&done=leaf")

    page.get_by_label("n_in: how many inputs").press("ArrowRight")

    expect(page.locator("li", has_text="torch.randn(6, 3")).to_be_visible()
    expect(page).to_have_url(re.compile("n_in=6"))


def test_an_exhibit_is_mended_by_a_click_and_opened_in_the_playground(server, visit):
    page = visit(
        f"{server.url}/?lang=en&page=museum&exhibit=leaf_in_place&done=museum.leaf_in_place",
        ready="heading",
    )
    expect(page.locator("li.failed")).to_contain_text("w += 1")

    page.get_by_role("button", name="Apply the fix").click()
    expect(page.get_by_text("Mended: it runs.")).to_be_visible()
    page.get_by_role("button", name="Open this program in the Playground").click()

    expect(page.get_by_role("textbox", name=re.compile("Program"))).to_have_value(
        re.compile("with torch.no_grad")
    )


def test_next_leads_on_to_the_next_lesson_with_the_same_dials_and_its_tab_to_the_index(
    server, visit
):
    page = visit(f"{server.url}/?lang=en&page=modes&n_in=7")

    page.get_by_role("button", name="Life of a graph →").click()

    expect(page.get_by_role("heading", name="Life of a graph", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("page=life"))
    expect(page).to_have_url(re.compile("n_in=7"))

    tab = page.get_by_role("link", name="Lessons")
    for _ in range(2):  # on the index it leads nowhere else
        tab.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lessons")
        expect(tab).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile("page=lessons.*n_in=7|n_in=7.*page=lessons"))


def test_a_terms_meaning_appears_on_hovering_on_a_tap_and_by_keyboard(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf", ready="heading")
    term = page.get_by_role("button", name="detach", exact=True)
    meaning = page.get_by_text(
        "detach: a tensor that shares the same memory but has no history; not a copy."
    )

    term.hover()
    expect(meaning).to_be_visible()
    page.mouse.move(0, 0)
    expect(meaning).to_have_count(0)
    term.focus()
    expect(meaning).to_be_visible()
    term.press("Enter")
    page.get_by_role("button", name="leaf", exact=True).focus()
    page.get_by_role("button", name="leaf", exact=True).blur()
    expect(meaning).to_be_visible()


def test_training_plays_in_the_browser_without_a_round_trip(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20")
    first = page.get_by_role("table", name="w.grad (5, 3)").locator("td:not(.blank)").first
    before = first.inner_text()
    arrived = page.evaluate("meter.arrivals.length")

    page.get_by_role("button", name="▶ Play", exact=True).click()

    expect(page.get_by_label("step", exact=True)).to_have_value("11")
    assert page.get_by_role("status").filter(has_text="19").count() == 1
    assert abs(float(first.inner_text().replace("−", "-"))) < abs(float(before.replace("−", "-")))
    assert page.evaluate("meter.arrivals.length") == arrived


def test_an_open_table_stays_open_when_a_dial_moves(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20")
    page.locator("summary", has_text="The numbers as a table").first.click()
    table = page.get_by_role("table", name="Loss by step")
    before = table.inner_text()

    page.get_by_role("button", name="another seed").click()

    expect(table).not_to_have_text(before)
    expect(table).to_be_visible()


def test_the_loss_surface_can_be_turned(server, visit):
    # Where a machine has no graphics card, Chromium complains of how long drawing takes.
    slow = "GPU stall|willReadFrequently"
    page = visit(f"{server.url}/?lang=en&page=training&done=training&steps=20", forgive=slow)
    page.get_by_text("in 3-D, to turn").click()

    expect(page.locator(".gl-container canvas").first).to_be_visible()
    expect(page).to_have_url(re.compile("view=solid"))


def test_a_long_training_shows_how_far_it_is_and_can_be_stopped(server, visit):
    page = visit(f"{server.url}/?lang=en&page=training&done=training&n_in=64&n_out=64&steps=60")
    page.get_by_role("figure", name="Loss by step").wait_for()

    page.get_by_text("240", exact=True).first.click()
    # At once: a click would wait until the button stands still, and by then all may be over.
    page.get_by_role("button", name="Stop, and go back to 60 steps").dispatch_event("click")

    expect(page).to_have_url(re.compile("steps=60"))
    expect(page.get_by_role("button", name="Stop, and go back to 60 steps")).to_have_count(0)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
