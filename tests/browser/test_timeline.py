"""A program that is played: by itself, by hand and by keys, and what the page makes of it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.conftest import page_breadth, wait_until
from tests.harness.serving import ROOT

SOURCE = (ROOT / "pages/play/examples/linear_layer.py").read_text(encoding="utf-8")
LINES = SOURCE.rstrip("\n").split("\n")
BACKWARD = LINES.index("loss.backward()") + 1
# All moments that the page is told of, and how often the page said something to the server.
NOTED = """
window.moments = [];
window.said = 0;
document.addEventListener("autograd-explorer:moment", ({ detail }) => window.moments.push(detail));
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...data) { window.said += 1; return send.apply(this, data); };
"""
# What moves on our own parts, looked for in every frame.
STILL = """
window.moving = [];
requestAnimationFrame(function watch() {
  for (const { effect, playState } of document.getAnimations()) {
    const ours = effect?.target?.getRootNode() instanceof ShadowRoot;
    if (ours && playState === "running") window.moving.push(effect.target.outerHTML.slice(0, 80));
  }
  requestAnimationFrame(watch);
});
"""


@pytest.fixture
def played(server, visit):
    def open_page(query="", **options):
        link = f"{server.url}/?page=playground&example=linear_layer&lang=en{query}"
        page = visit(link, ready="slider", script=NOTED, **options)
        expect(page.locator(".boxes > g").first).to_be_visible()
        return page

    return open_page


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def caption(page):
    return page.locator(".caption")


def position(page):
    return page.get_by_role("slider", name="Where the program stands")


def last(page):
    return page.evaluate("window.moments.at(-1)")


def rested(page):
    page.evaluate("window.meter.rest(600)")
    return page.evaluate("window.said")


def test_a_program_plays_by_itself_and_asks_the_server_nothing_until_it_ends(played):
    page = played()
    count = int(position(page).get_attribute("max"))
    expect(caption(page)).to_contain_text(f"{count} / {count} · the program has ended")
    before = rested(page)
    page.evaluate("window.moments = []")

    button(page, "Play").click()
    expect(button(page, "Pause")).to_be_visible()
    wait_until(page, f"window.moments.length > {BACKWARD}")
    assert page.evaluate("window.said") == before
    expect(caption(page)).to_contain_text("passes its gradient back", timeout=30_000)
    expect(caption(page)).to_contain_text("the program has ended", timeout=30_000)
    expect(button(page, "Play")).to_be_visible()

    told = page.evaluate("window.moments")
    assert len(told) == count + 1
    drawn = [set(moment["drawn"] or ()) for moment in told[:-1]]
    assert all(one <= other for one, other in pairwise(drawn))
    for moment in told[:-1]:
        assert set(moment["fired"]) | set(moment["now"]) | set(moment["waits"]) <= set(
            moment["drawn"]
        )
    assert told[-1]["line"] is None and told[-1]["drawn"] is None
    ids = page.eval_on_selector_all("[data-id]", "all => all.map((one) => one.dataset.id)")
    shown = {name for name in ids if not name.startswith("none")}
    assert shown == drawn[-1]
    page.wait_for_timeout(800)
    assert page.evaluate("window.said") == before  # the end is where the address stands already


def test_the_program_shows_where_it_is_and_which_notes_are_not_true_yet(played):
    page = played()
    lines, numbers = page.locator(".cm-line"), page.locator(".cm-gutterElement")
    page.locator(".cm-content").wait_for()
    expect(page.locator(".cm-line:is(.now, .later)")).to_have_count(0)

    button(page, "From the start").click()
    expect(lines.nth(0)).to_have_class(re.compile("now"))
    expect(lines.nth(0)).to_have_attribute("aria-current", "step")
    first = numbers.get_by_text("1", exact=True)
    assert "▸" in first.evaluate("one => getComputedStyle(one, '::before').content")
    expect(lines.nth(BACKWARD - 1)).to_have_class(re.compile("later"))
    assert page.locator(".cm-line.later").count() > 5

    position(page).fill(position(page).get_attribute("max"))
    expect(page.locator(".cm-line:is(.now, .later)")).to_have_count(0)


def test_a_gradient_is_pale_until_backward_has_filled_it(played):
    page = played()
    figure = page.locator("td.gradient[data-leaf=w]")
    expect(figure).to_have_attribute("data-early", "")

    button(page, "From the start").click()
    expect(figure).to_have_attribute("data-early", "not yet")

    position(page).press("End")
    expect(figure).to_have_attribute("data-early", "")


def test_where_the_reader_stands_is_in_the_address_and_back_leads_there_again(played):
    page = played()
    button(page, "From the start").click()
    expect(page).to_have_url(re.compile(r"[?&]t=0(&|$)"))
    for at in (1, 2):
        button(page, "One on").click()
        expect(page).to_have_url(re.compile(rf"[?&]t={at}(&|$)"))

    page.go_back()

    expect(position(page)).to_have_value("1")
    position(page).press("End")
    expect(page).not_to_have_url(re.compile(r"[?&]t="))


@pytest.mark.parametrize("at, shown", [("3", "3"), ("0", "0"), ("999999", None), ("-4", None)])
def test_a_link_opens_at_its_moment(played, at, shown):
    page = played(f"&t={at}")

    expect(position(page)).to_have_value(shown or position(page).get_attribute("max"))


def test_an_older_link_that_counts_nodes_opens_there_and_is_replaced(played):
    page = played("&step=2")
    expect(caption(page)).to_contain_text("passes its gradient back")
    assert len([name for name in last(page)["fired"] if name.startswith("node")]) == 2

    page.locator("body").press("ArrowRight")

    expect(page).to_have_url(re.compile(r"[?&]t="))
    expect(page).not_to_have_url(re.compile("step="))


def test_space_and_arrows_work_wherever_no_field_has_the_focus(played):
    page = played("&t=3")
    page.locator("body").press("ArrowRight")
    expect(position(page)).to_have_value("4")
    page.locator("body").press("ArrowLeft")
    page.locator("body").press("ArrowLeft")
    expect(position(page)).to_have_value("2")
    page.locator("body").press(" ")
    expect(button(page, "Pause")).to_be_visible()
    page.locator("body").press(" ")
    expect(button(page, "Play")).to_be_visible()

    at = position(page).input_value()
    page.get_by_role("textbox", name="Program").press("ArrowRight")
    page.get_by_role("textbox", name="Program").press(" ")
    expect(button(page, "Play")).to_be_visible()
    expect(position(page)).to_have_value(at)


def test_a_page_that_is_left_is_played_no_more(played):
    page = played()
    button(page, "Play").click()
    page.get_by_role("link", name="Lessons").click()
    expect(page.get_by_role("heading", level=1, name="lessons")).to_be_visible()
    told = page.evaluate("window.moments.length")

    page.wait_for_timeout(1500)

    assert page.evaluate("window.moments.length") == told
    assert last(page) is None


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_phone_can_play(server, visit, lang):
    page = visit(
        f"{server.url}/?page=playground&example=shared_weights&lang={lang}&t=4",
        width=390,
        height=844,
        touch=True,
        script=NOTED,
    )

    page.locator(".timeline button.step").tap()

    expect(position_of(page)).to_have_value("5")
    box = page.locator(".timeline button.step").bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44
    assert page_breadth(page) <= 390


def position_of(page):
    return page.locator(".timeline input[type=range]")


def test_with_reduced_motion_a_program_is_stepped_through_and_nothing_moves(server, visit):
    """From one moment to the next there is no transition, and no dot on its way."""
    url = f"{server.url}/?page=playground&example=linear_layer&lang=en"
    page = visit(url, ready="slider", script=NOTED + STILL, motion="reduce")
    expect(page.locator(".boxes > g").first).to_be_visible()
    count = int(position(page).get_attribute("max"))
    page.evaluate("meter.rest(400)")
    page.evaluate("window.moving = []")

    button(page, "From the start").click()
    for _ in range(BACKWARD + 3):
        button(page, "One on").click()
        assert page.locator(".travellers > *").count() == 0  # at once, and not a little later
    fired = len(last(page)["fired"])
    assert fired > 0 and last(page)["now"]
    button(page, "One back").click()
    assert len(last(page)["fired"]) < fired
    position(page).fill(str(count))
    expect(caption(page)).to_contain_text("the program has ended")
    position(page).fill(str(count - 2))
    button(page, "Play").click()
    expect(caption(page)).to_contain_text("the program has ended", timeout=30_000)

    assert page.evaluate("window.moving") == []
