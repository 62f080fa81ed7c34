import re

import pytest
from playwright.sync_api import expect

from components.address import NUMBERED, SECTIONS
from tests.conftest import page_breadth

ALL = ".".join(NUMBERED)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_index_opens_from_a_cold_link_and_nothing_sticks_out(server, visit, lang):
    page = visit(f"{server.url}/?lang={lang}&page=lessons&done={ALL}", ready="heading")

    expect(page.locator(".card")).to_have_count(len(SECTIONS["lessons"]) - 1)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        assert page_breadth(page) <= width


def test_a_moved_dial_moves_the_lesson(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf&done=leaf")

    page.get_by_label("n_in: how many inputs").press("ArrowRight")

    expect(page.locator("li", has_text="torch.randn(6, 3")).to_have_count(1)
    expect(page).to_have_url(re.compile("n_in=6"))


def test_next_leads_on_to_the_next_lesson_with_the_same_dials_and_its_tab_to_the_index(
    server, visit
):
    page = visit(f"{server.url}/?lang=en&page=leaf&n_in=7")

    page.get_by_role("button", name=".grad adds up →").click()

    expect(page.get_by_role("heading", name=".grad adds up", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("page=life"))
    expect(page).to_have_url(re.compile("n_in=7"))

    tab = page.get_by_role("link", name="Lessons")
    for _ in range(2):  # on the index it leads nowhere else
        tab.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("lessons")
        expect(tab).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile("page=lessons.*n_in=7|n_in=7.*page=lessons"))


@pytest.mark.parametrize("at", ["", "page=playground", "page=modes"])
def test_a_term_opens_its_meaning_by_a_click_and_by_keyboard_and_escape_closes_it(
    server, visit, at
):
    page = visit(f"{server.url}/?lang=en&{at}", ready="heading")
    term = page.locator(".term").first
    name = term.get_attribute("popovertarget")
    meaning = page.locator(f"#{name}")

    expect(meaning).to_have_count(1)
    expect(meaning).to_be_hidden()
    for pick in (term.click, lambda: term.press("Enter")):
        pick()
        expect(meaning).to_be_visible()
        expect(meaning).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(term).to_be_focused()
