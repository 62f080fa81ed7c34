"""The museum in a browser: the wall, an exhibit from its question to its fix, and the way back."""

import re

import pytest
from playwright.sync_api import expect

import texts
from autograd_explorer.course.museum import EXHIBITS
from tests.conftest import page_breadth, wait_until

COLUMNS = {(1280, 800): 4, (390, 844): 1}


def opened(server, visit, query, **look):
    return visit(f"{server.url}/?page=museum&{query}", ready="heading", **look)


@pytest.mark.parametrize("lang, scheme", [("en", "light"), ("ja", "dark")])
def test_the_wall_hangs_from_a_cold_link_and_nothing_sticks_out(server, visit, lang, scheme):
    page = opened(server, visit, f"lang={lang}&done=not_scalar.log_of_zero", scheme=scheme)
    cards = page.locator(".card")

    # A cold server loads parts of PyTorch that only some of the programs need.
    expect(page.locator(".card .label")).to_have_count(len(EXHIBITS), timeout=60_000)
    expect(cards).to_have_count(len(EXHIBITS))
    expect(cards.get_by_role("link")).to_have_count(len(EXHIBITS))
    expect(page.locator(".card.done")).to_have_count(2)
    said = texts.for_page("museum", lang)("progress", done=2, all=len(EXHIBITS))
    expect(page.get_by_text(said)).to_be_visible()
    for (width, height), columns in COLUMNS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        left = cards.evaluate_all(
            "all => all.map((card) => Math.round(card.getBoundingClientRect().x))"
        )
        assert len(set(left)) == columns
        assert page_breadth(page) <= width


def test_in_a_cold_server_the_wall_hangs_before_its_programs_have_run(cold_server, visit):
    page = opened(cold_server, visit, "lang=en")

    expect(page.locator(".card")).to_have_count(len(EXHIBITS))
    expect(page.locator(".card .label")).to_have_count(0, timeout=100)
    expect(page.get_by_text("The programs are starting")).to_be_visible(timeout=100)
    expect(page.locator(".card .label")).to_have_count(len(EXHIBITS), timeout=60_000)
    expect(page.get_by_text("The programs are starting")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(len(EXHIBITS))


@pytest.mark.parametrize(
    "name, lang", [("second_backward", "en"), ("layers_in_a_list", "ja"), ("unused_input", "en")]
)
def test_both_versions_stand_beside_each_other_where_there_is_room(server, visit, name, lang):
    page = opened(server, visit, f"lang={lang}&exhibit={name}&done=museum.{name}")
    sides = page.locator(".difference figure")
    expect(sides).to_have_count(2)
    for (width, height), columns in COLUMNS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        first, second = (side.bounding_box() for side in sides.all())
        assert (first["y"] == second["y"]) == (columns > 1)
        assert page_breadth(page) <= width
    assert page.locator(".difference .same .at").count() > 4
    signs = page.locator(".difference li:is(.before, .after) .sign").all_inner_texts()
    assert signs and set(signs) <= {"−", "+"}


def test_an_exhibit_is_opened_solved_mended_and_left(server, visit):
    page = opened(server, visit, "lang=en")
    card = page.locator(".card", has_text="In place on a leaf")
    card.click(position={"x": 12, "y": 12})  # all of a card is its link

    expect(page.get_by_role("heading", level=1)).to_have_text("In place on a leaf")
    expect(page).to_have_url(re.compile("exhibit=leaf_in_place"))
    expect(page.locator(".difference")).to_have_count(0)
    page.locator(".options button", has_text="4: w += 1").click()
    expect(page.get_by_text("Right. Line 4 raised.")).to_be_visible()
    expect(page.locator("li.failed")).to_contain_text("w += 1")

    page.get_by_role("button", name="Apply the fix").click()
    expect(page.get_by_text("The addition was not recorded.")).to_be_visible()

    page.get_by_role("link", name="← Museum of errors").click()
    expect(page.locator(".card.done")).to_have_count(1)
    expect(page.get_by_text(f"1 of {len(EXHIBITS)} solved")).to_be_visible()
    expect(page.get_by_role("link", name="In place on a leaf")).to_be_focused()
    expect(card).to_contain_text("with torch.no_grad():")
    assert "exhibit" not in page.url and "fixed" not in page.url


def test_by_keyboard_one_opens_a_card_below_and_begins_at_the_top_of_the_exhibit(server, visit):
    page = opened(server, visit, "lang=en")
    say = texts.for_page("museum", "en")
    before, last = (say(f"exhibit_{exhibit.name}") for exhibit in EXHIBITS[-2:])
    link = page.get_by_role("link", name=last)
    link.focus()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 0

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    count = len(EXHIBITS)
    trail = page.get_by_role("navigation", name=re.compile(f"^Exhibit {count} of {count}"))
    expect(trail).to_be_focused()
    expect(trail.get_by_role("link", name=re.compile("^Next"))).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="← Museum of errors")).to_be_focused()
    trail.get_by_role("link", name=re.compile("^Previous")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_every_card_is_a_link_to_share_and_old_links_open_the_same_exhibit(server, visit):
    page = opened(server, visit, "lang=en&n_in=6&done=museum.cut_by_data")
    link = page.get_by_role("link", name="Rounded weights")
    link.hover()
    there = link.evaluate("link => link.href")

    assert sorted(there.partition("?")[2].split("&")) == sorted(
        ["page=museum", "lang=en", "n_in=6", "done=museum.cut_by_data", "exhibit=cut_by_round"]
    )
    page.goto(there)
    expect(page.get_by_role("heading", level=1)).to_have_text("Rounded weights")


def test_the_header_leads_from_an_exhibit_back_to_the_wall(server, visit):
    page = opened(server, visit, "lang=en&exhibit=cut_by_data")
    expect(page.get_by_role("heading", level=1)).to_have_text("A factor taken from .data")

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Museum").click()

    expect(page.locator(".card")).to_have_count(len(EXHIBITS))
    wait_until(page, "!location.search.includes('exhibit')")


def test_a_fixed_exhibit_opens_in_the_playground(server, visit):
    page = opened(server, visit, "lang=en&exhibit=leaf_in_place&fixed=on")

    page.get_by_role("button", name="Open this program in the Playground").click()

    expect(page.locator(".cm-content")).to_contain_text("with torch.no_grad")
