"""Once a question is answered its figure plays: what was held back comes step by step."""

import pytest
from playwright.sync_api import expect

import texts
from tests.conftest import page_breadth, wait_until

SERIES = "document.querySelector('[data-key^=series]').shadowRoot"


def bars(page):
    return page.evaluate(f"{SERIES}.querySelectorAll('.bar, .odd').length")


def options(page):
    return page.locator("[data-key^=question] .options button")


def test_bars_come_call_by_call_and_are_read_by_keyboard(server, visit):
    page = visit(f"{server.url}/?lang=en&page=life&calls=4", ready="heading")
    wait_until(page, f"{SERIES}.querySelectorAll('.held').length === 3")
    assert bars(page) == 3  # of the first call

    options(page).nth(0).focus()
    page.keyboard.press("Enter")
    wait_until(page, f"{SERIES}.querySelectorAll('.held').length === 1")  # on its way
    assert bars(page) == 9
    wait_until(page, f"{SERIES}.querySelectorAll('.bar').length === 12")

    figure = page.get_by_role("img", name="b.grad")
    figure.focus()
    page.keyboard.press("End")
    expect(page.locator(".readout").filter(has_text="4: b.grad[0] =")).to_be_visible()


def test_with_less_motion_all_is_there_at_once(server, visit):
    page = visit(f"{server.url}/?lang=en&page=deep", ready="heading")
    page.emulate_media(reduced_motion="reduce")
    wait_until(page, f"{SERIES}.querySelectorAll('.held').length === 14")

    options(page).first.click()
    wait_until(page, f"{SERIES}.querySelectorAll('.held').length < 14")

    assert page.evaluate(f"{SERIES}.querySelectorAll('.held').length") == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_rows_of_the_jacobian_come_pass_by_pass(server, visit, width):
    page = visit(f"{server.url}/?lang=en&page=vectors", width=width, ready="heading")
    expect(page.get_by_text("?", exact=True).first).to_be_visible()

    options(page).first.click()

    expect(page.get_by_text("backward pass 2")).to_be_visible()
    expect(page.get_by_text("backward pass 3")).to_be_visible()
    table = page.get_by_role("table", name="J (3, 5)")
    expect(table.locator("td:not(.blank)")).to_have_count(15)
    body = table.locator("xpath=..")
    assert body.evaluate("body => body.style.clipPath") == ""


def test_a_graph_fades_where_a_mode_records_nothing_and_comes_back(server, visit):
    page = visit(f"{server.url}/?lang=en&page=modes", ready="heading")
    expect(page.locator(".boxes > g").first).to_be_visible()
    told = page.locator(".unrecorded")
    expect(told).to_have_text("")

    options(page).first.click()
    expect(told).not_to_have_text("")
    page.get_by_text("eval()", exact=True).first.click()

    expect(told).to_have_text("")
    again = texts.for_page("quizzes", "en")("again")
    expect(page.get_by_role("heading", name=again)).to_be_visible()


@pytest.mark.thinned
@pytest.mark.parametrize(
    "lang, scheme, width", [("en", "light", 1280), ("ja", "dark", 1280), ("ja", "light", 390)]
)
@pytest.mark.parametrize(
    "lesson, value", [("proofs", "float64 ="), ("deep", "∂L/∂h‖ ="), ("life", "b.grad[0] =")]
)
def test_a_figure_is_read_by_pointing_and_as_a_table(
    server, visit, lesson, value, lang, scheme, width
):
    page = visit(
        f"{server.url}/?lang={lang}&page={lesson}&done={lesson}",
        width=width,
        scheme=scheme,
        ready="heading",
    )
    picture = page.locator("[data-key^=series] svg").first
    picture.hover()
    expect(page.locator(".readout").filter(has_text=value)).to_be_visible()

    page.locator("summary", has_text=texts.for_page("charts", lang)("numbers")).first.click()
    say = texts.for_page(lesson, lang)
    table = page.get_by_role("table", name=say("bars" if lesson == "life" else "chart"))
    expect(table).to_be_visible()
    assert table.get_by_role("rowheader").count() > 1
    assert page_breadth(page) <= width
