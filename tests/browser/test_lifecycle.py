"""What a component has set going ends with it, and one that fails says so in its place."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import texts
from components.address.packing import pack
from tests.conftest import ALL_DONE as DONE
from tests.conftest import wait_until

# Counts listeners on the document and the window that are still alive, timers that are still
# running, and messages sent.
COUNT = """
(() => {
  const alive = [];
  const timers = new Map();
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (name, listener, options) {
    if (this === document || this === window) alive.push([this, name, listener, options?.signal]);
    return add.call(this, name, listener, options);
  };
  const remove = EventTarget.prototype.removeEventListener;
  EventTarget.prototype.removeEventListener = function (name, listener, options) {
    const at = alive.findIndex((one) => one[0] === this && one[1] === name && one[2] === listener);
    if (at >= 0) alive.splice(at, 1);
    return remove.call(this, name, listener, options);
  };
  const [start, stop] = [window.setTimeout, window.clearTimeout];
  window.setTimeout = (then, ...given) => {
    const id = start((...told) => {
      timers.delete(id);
      then(...told);
    }, ...given);
    timers.set(id, String(then));
    return id;
  };
  window.clearTimeout = (id) => {
    timers.delete(id);
    stop(id);
  };
  const send = WebSocket.prototype.send;
  const count = { sent: 0 };
  WebSocket.prototype.send = function (data) {
    count.sent += 1;
    return send.call(this, data);
  };
  const ours = ["keydown", "autograd-explorer:light", "autograd-explorer:moment"];
  window.counted = () => ({
    listeners: alive.filter((one) => ours.includes(one[1]) && !one[3]?.aborted).length,
    timers: [...timers.values()].filter((code) => code.includes("tick")).length,
    sent: count.sent,
  });
})();
"""


def open_counted(server, visit, link):
    page = visit(f"{server.url}/?lang=en&{link}", ready="heading", script=COUNT)
    expect(page.locator(".boxes > g").first).to_be_visible()
    page.evaluate("meter.rest(800)")
    return page


def go(page, where, lesson):
    """On to a lesson; the button of the page before stands there until the next has been drawn."""
    page.locator(f".st-key-{where} button").click()
    expect(page).to_have_url(re.compile(f"page={lesson}"))
    title = texts.for_page(lesson, "en")("title")
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    page.evaluate("meter.rest(800)")


def test_a_lesson_that_was_left_playing_neither_sends_nor_listens(server, visit):
    page = open_counted(server, visit, f"page=backward&done={DONE}")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_until(page, "counted().timers === 1")

    go(page, "next", "leaf")
    before = page.evaluate("counted()")
    page.wait_for_timeout(4000)
    after = page.evaluate("counted()")

    assert after["timers"] == 0
    assert after["sent"] == before["sent"]
    assert "&t=" not in page.url


def test_five_round_trips_leave_no_listener_behind(server, visit):
    page = open_counted(server, visit, f"page=backward&done={DONE}")
    at_first = page.evaluate("counted()")

    for _ in range(5):
        go(page, "next", "leaf")
        go(page, "previous", "backward")

    wait_until(page, f"counted().listeners <= {at_first['listeners']}")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_view_that_fails_shows_a_sentence_and_comes_back(server, visit, lang):
    page = visit(
        f"{server.url}/?lang={lang}&page=leaf&done={DONE}", ready="heading", forgive="on purpose"
    )
    expect(page.locator(".boxes > g").first).to_be_visible()
    sentence = texts.for_page("frame", lang)("part_failed")

    page.evaluate(
        "() => { const views = autogradExplorer.views; window.kept = views.graph_view;"
        " views.graph_view = () => { throw new Error('on purpose'); }; }"
    )
    page.locator("#n_in").press("ArrowRight")
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.locator("li", has_text="torch.randn(6, 3")).to_be_attached()  # the rest follows
    expect(page.get_by_text("on purpose")).to_have_count(0)

    page.evaluate("() => { autogradExplorer.views.graph_view = window.kept; }")
    page.locator("#n_in").press("ArrowRight")
    expect(page.get_by_text(sentence)).to_have_count(0)
    expect(page.locator(".boxes > g").first).to_be_visible()


NON_FINITE = {
    "a square root at zero": "x = torch.tensor([0.0, 2.0], requires_grad=True)\ntorch.sqrt(x).sum().backward()",
    "zero by zero": "x = torch.zeros(2, requires_grad=True)\n(x / x).sum().backward()",
    "infinite": "x = torch.tensor([1e30, -1e30], requires_grad=True)\n(x ** 3).sum().backward()",
    "both infinities": "x = torch.tensor([[1e38, -1e38]], requires_grad=True)\nw = torch.tensor([[9.0], [9.0]])\n((x * 9) @ w).pow(2).sum().backward()",
    "logarithm": "x = torch.tensor([0.0, -1.0], requires_grad=True)\nx.log().sum().backward()",
}


MARK = re.compile("NaN|∞")


@pytest.mark.thinned(2)
@pytest.mark.parametrize("name", ["nan_gradients", *NON_FINITE])
def test_a_program_with_gradients_that_are_no_numbers_has_its_graph(server, visit, name):
    if name in NON_FINITE:
        source = f"import torch\n{NON_FINITE[name]}\nprint(x.grad)\n"
    else:
        source = Path("tests/programs/nan_gradients.py").read_text(encoding="utf-8")
    page = visit(f"{server.url}/?lang=en&page=playground&code={pack(source)}", ready="heading")

    expect(page.locator(".boxes > g").first).to_be_visible()
    expect(page.get_by_text(texts.for_page("frame", "en")("part_failed"))).to_have_count(0)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("SyntaxError")
    if name in NON_FINITE:
        page.get_by_role("button", name="Heatmap").first.click()
        for marked in ("td", ".boxes .mark", ".labels > g.marked", ".note .nonfinite"):
            shown = page.locator(marked, has_text=MARK).locator("visible=true")
            expect(shown.first).to_be_visible()
        expect(page.locator(".links > g.marked").first).to_be_attached()
        for legend in (".marks", "ul.legend", "p.legend"):
            explained = page.locator(legend, has_text=re.compile("not a number|infinity"))
            expect(explained.first).to_be_visible()
        # The mark is dark: no colour of a sign is, in either theme.
        cell = page.locator("td.nonfinite").first
        expect(cell).to_have_css("background-color", "rgb(43, 49, 58)")


@pytest.mark.thinned
@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_graph_and_the_program_say_where_nan_starts(server, visit, lang, width):
    source = (
        "import torch\nx = torch.tensor([0.0, 4.0], requires_grad=True)\n"
        "y = torch.where(x > 0, x.sqrt(), x)\ny.sum().backward()\n"
    )
    page = visit(
        f"{server.url}/?lang={lang}&page=playground&code={pack(source)}",
        width=width,
        scheme="dark",
        ready="heading",
    )
    starts = texts.for_page("numbers", lang)("nan_starts")

    box = page.locator(".boxes > g", has_text="SqrtBackward0")
    expect(box.locator(".mark")).to_have_text(starts)
    expect(box).to_have_attribute("aria-label", re.compile(starts))
    title = texts.for_page("program", lang)("starts_here", mark="NaN")
    expect(page.get_by_role("img", name=title)).to_have_text(starts)
    expect(page.get_by_role("img", name=title)).to_have_attribute("title", title)

    page.keyboard.press("Tab")
    box.click()
    expect(page.locator("section.card")).to_contain_text(
        texts.for_page("graph", lang)("card_starts_nan")
    )
    inside = box.locator("rect").first.bounding_box()
    mark = box.locator(".mark rect").bounding_box()
    assert inside["x"] <= mark["x"] and mark["x"] + mark["width"] <= inside["x"] + inside["width"]

    page.get_by_role("button", name=texts.for_page("graph", lang)("table"), exact=True).click()
    expect(page.locator("table.twin .nonfinite", has_text=starts)).to_be_visible()


def test_a_large_gradient_has_its_marks_as_signs(server, visit):
    source = (
        "import torch\nw = torch.ones(20, 30, requires_grad=True)\ns = torch.ones(20, 30)\n"
        "s[3, 4] = float('inf')\ns[7] = float('nan')\n(w * s).sum().backward()\n"
    )
    page = visit(f"{server.url}/?lang=en&page=playground&code={pack(source)}", ready="heading")

    page.get_by_role("button", name="Heatmap: w.grad").click()
    caption = page.locator("figcaption", has_text="w.grad").first
    expect(caption).to_contain_text("× NaNnot a number × 30")
    expect(caption).to_contain_text("▲ +∞infinity × 1")
    picture = page.locator("canvas[aria-label='w.grad (20, 30), NaN, +∞']")
    expect(picture).to_be_visible()
    picture.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".readout", has_text="w.grad[3, 4] = +∞")).to_be_visible()
