"""Presentation mode: the teacher's checklist, what is left on the screen, and the link to follow."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from playwright.sync_api import expect

from tests.conftest import page_breadth


def query(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_checklist_makes_a_link_that_shows_only_what_was_chosen(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=6")
    page.get_by_role("button", name="Present", exact=True).click()
    for name in ("n_out", "recording", "seed"):
        page.get_by_role("checkbox", name=name, exact=True).click()

    page.get_by_role("button", name="Start presenting").click()

    expect(page.get_by_role("button", name="End presentation")).to_be_visible()
    assert query(page)["present"] == "1"
    assert query(page)["controls"] == "n_in.seed.choices"
    expect(page.locator("#n_in")).to_be_visible()
    expect(page.locator("#seed")).to_be_visible()
    for left_out in ("#n_out", "#x", "#y", "#recording"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(page.get_by_role("button", name="Playground")).to_have_count(0)
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_role("table", name="w.grad (6, 3)")).to_be_visible()

    page.get_by_role("button", name="End presentation").click()
    expect(page.locator("#n_out")).to_be_visible()
    assert "present" not in query(page) and query(page)["n_in"] == "6"


@pytest.mark.parametrize("width, height", [(1280, 720), (390, 844)])
def test_the_code_leads_to_this_very_screen_and_follows_the_dials(server, visit, width, height):
    link = "lang=en&page=backward&done=backward&step=2&n_in=4&present=1&controls=n_in"
    page = visit(f"{server.url}/?{link}", width=width, height=height)
    page.get_by_role("button", name="QR code").click()
    picture = page.get_by_role("img", name="QR code of this screen's link")
    expect(picture).to_be_visible()

    page.locator("#n_in").press("ArrowRight")
    way = page.get_by_role("link", name="Open this screen")
    expect(way).to_have_attribute("href", re.compile("n_in=5"))
    href = way.get_attribute("href")
    code = segno.make(href, micro=False, error="l").svg_data_uri(border=2, scale=4)
    assert picture.get_attribute("src") == code
    assert page_breadth(page) <= width

    follower = visit(href, width=390, height=844)
    assert {key: query(follower)[key] for key in ("step", "n_in", "page")} == {
        "step": "2", "n_in": "5", "page": "backward",
    }  # fmt: skip
    assert "present" not in query(follower)
    expect(follower.locator(".caption")).to_contain_text("MulBackward0 passes its gradient back")
    expect(follower.locator("#n_out")).to_be_visible()


def test_type_is_larger_while_presenting(server, visit):
    plain = visit(f"{server.url}/?lang=ja")
    projected = visit(f"{server.url}/?lang=ja&present=1", width=1280, height=720)

    heights = [page.locator("h1").bounding_box()["height"] for page in (plain, projected)]

    assert heights[1] > 1.2 * heights[0]
