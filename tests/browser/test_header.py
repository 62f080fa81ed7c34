"""The row on top of every page: where it leads, what it opens, and that it fits."""

import re
import struct
from itertools import cycle
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from playwright.sync_api import expect

from components.address import NUMBERED, PAGES
from tests.conftest import page_breadth

INDEX = f"{len(NUMBERED)} lessons, {2 * len(NUMBERED)} minutes"
MOST = 48  # px, on a desk


def query(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def heading(page):
    return page.get_by_role("heading", level=1)


def tabs(page):
    return page.get_by_role("navigation", name="Pages").get_by_role("link")


@pytest.mark.thinned
@pytest.mark.parametrize(("name", "lang"), [*zip(PAGES, cycle(("en", "ja")), strict=False)])
@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (640, 400)])
def test_no_page_scrolls_sideways_and_nothing_lies_on_the_row(server, visit, name, lang, size):
    page = visit(f"{server.url}/?lang={lang}&page={name}", ready="heading")

    for width, height in (size, (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)
        assert page_breadth(page) <= width, (width, page_breadth(page))
        row = page.locator(".st-key-frame .row").bounding_box()
        assert row["x"] == 0 and row["width"] >= width - 16
        if width > 700:
            assert row["height"] == MOST
        assert 0 <= heading(page).bounding_box()["y"] - row["height"] <= 16
        ways = page.locator(".st-key-frame").locator("nav a, .tools > button, .languages a")
        boxes = [one.bounding_box() for one in ways.all()]
        menu = page.get_by_test_id("stMainMenu").bounding_box()
        assert len(boxes) == 8
        for box in boxes:
            assert box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert not overlap(box, menu)


def overlap(one, two):
    return all(
        one[at] < two[at] + two[size] and two[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


def test_the_tabs_lead_to_the_sections_with_the_dials_and_back_again(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=7&select=node-0")
    first = heading(page).inner_text()
    assert tabs(page).all_inner_texts()[0] == "Explorer"
    expect(tabs(page).first).to_have_attribute("aria-current", "page")

    page.get_by_role("slider", name="n_in: how many inputs").press("ArrowRight")
    expect(page).to_have_url(re.compile("n_in=8"))
    lessons = page.get_by_role("link", name="Lessons")
    lessons.hover()
    there = urlsplit(lessons.get_attribute("href")).query  # as for a new tab
    assert "n_in=8" in there and "page=lessons" in there and "select" not in there
    lessons.click()
    expect(heading(page)).to_have_text(INDEX)
    assert parse_qs(urlsplit(page.url).query) == parse_qs(there)

    page.get_by_role("link", name="Museum").click()
    expect(heading(page)).to_have_text("Museum of errors")
    expect(page.get_by_role("link", name="Museum")).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(heading(page)).to_have_text(INDEX)
    page.go_back()
    expect(heading(page)).to_have_text(first)


def test_inside_a_lesson_the_tab_leads_to_the_index_and_an_answer_is_counted(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf&done=modes.museum", ready="heading")
    lessons = page.get_by_role("link", name="Lessons")
    expect(lessons).to_contain_text(f"1/{len(NUMBERED)}")  # the museum is no lesson
    expect(lessons).to_have_attribute("aria-current", "true")

    page.locator(".options button").first.click()
    expect(lessons).to_contain_text(f"2/{len(NUMBERED)}")

    lessons.press("Enter")
    expect(heading(page)).to_have_text(INDEX)
    expect(lessons).to_have_attribute("aria-current", "page")
    expect(lessons).to_be_focused()


def test_the_other_language_keeps_the_screen(server, visit):
    page = visit(f"{server.url}/?lang=en&page=leaf&n_in=6&done=leaf")

    page.get_by_role("link", name="日本語").click()

    expect(page.get_by_role("navigation", name="ページ")).to_be_visible()
    assert query(page) == {"lang": "ja", "page": "leaf", "n_in": "6", "done": "leaf"}


def test_share_has_the_link_and_the_code_of_this_very_screen(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=6")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("slider", name="n_in: how many inputs").press("ArrowRight")
    expect(page).to_have_url(re.compile("n_in=7"))

    page.get_by_role("button", name="Share").click()

    panel = page.get_by_role("dialog", name="Share")
    code = panel.get_by_role("img", name="QR code of this screen's link")
    expect(code).to_be_visible()
    link = panel.get_by_role("textbox", name="Link to this screen").input_value()
    assert parse_qs(urlsplit(link).query) == parse_qs(urlsplit(page.url).query)
    made = segno.make(link, micro=False, error="l").svg_data_uri(border=2, scale=4)
    assert code.get_attribute("src") == made
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Share")).to_be_focused()


@pytest.mark.thinned
@pytest.mark.parametrize("link", ["", "page=playground"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_saved(server, visit, tmp_path, scheme, link):
    page = visit(f"{server.url}/?lang=en&{link}", scheme=scheme, ready="heading")
    page.get_by_role("button", name="Share").click()

    with page.expect_download() as download:
        page.get_by_role("button", name="Save a picture").click()

    assert download.value.suggested_filename == "autograd-explorer.png"
    download.value.save_as(tmp_path / "picture.png")
    picture = (tmp_path / "picture.png").read_bytes()
    assert picture.startswith(b"\x89PNG") and struct.unpack(">II", picture[16:24]) == (2400, 1260)
