"""Graphs of real models: how they open, and boxes that open in their place."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.address.packing import pack
from tests.conftest import page_breadth
from tests.harness.serving import running_server

MODELS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[1] / "components" / "models").glob("*.py")
}
SMALLEST = """(frame) => {
  const picture = frame.querySelector("svg");
  const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
  return Math.min(...[...picture.querySelectorAll("text")].map((text) =>
    parseFloat(getComputedStyle(text).fontSize) * scale));
}"""
IN_VIEW = """(frame) => {
  const room = frame.getBoundingClientRect();
  const { left, right, top, bottom } = frame.querySelector("[data-id=node-0] rect").getBoundingClientRect();
  return left >= room.left - 1 && right <= room.right + 1 && top >= room.top - 1 && bottom <= room.bottom + 1;
}"""


def opened(server, visit, name, *, width=1280, height=800, more="", **options):
    url = f"{server.url}/?lang=en&page=playground&code={pack(MODELS[name])}{more}"
    page = visit(url, width=width, height=height, ready="heading", **options)
    frame = page.locator(".frame").first
    frame.locator(".boxes > g").first.wait_for()
    return page, frame


def box(frame, text):
    return frame.locator(".boxes > g", has_text=text).first


@pytest.mark.thinned
@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("name", MODELS)
def test_a_model_opens_with_at_most_30_boxes_that_can_be_read_and_its_loss(
    server, visit, name, width, height
):
    page, frame = opened(server, visit, name, width=width, height=height)

    assert frame.locator(".boxes > g").count() <= 30
    assert frame.evaluate(SMALLEST) >= 12
    assert frame.evaluate(IN_VIEW)
    assert page_breadth(page) <= width


ROOM = """(frame) => {
  const [room, picture] = [frame, frame.querySelector("svg")].map((one) => one.getBoundingClientRect());
  return [picture.top - room.top, room.bottom - picture.bottom, room.width - picture.width];
}"""


def test_on_a_full_screen_a_graph_that_is_less_high_stands_in_the_middle(server, visit):
    page, frame = opened(server, visit, "rnn")
    page.get_by_role("button", name="Full screen").first.click()
    expect(page.locator(":fullscreen")).to_have_count(1)
    page.wait_for_function("document.fullscreenElement.clientWidth > 1200")
    above, below, _ = frame.evaluate(ROOM)

    assert above > 20 and abs(above - below) <= 8


RECURRENT = """import torch
from torch import nn

class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent, self.readout = nn.RNNCell(4, 8), nn.Linear(8, 4)

    def forward(self, xs):
        h = torch.zeros(2, 8)
        loss = 0.0
        for x, y in zip(xs[:-1], xs[1:]):
            h = self.recurrent(x, h)
            loss = loss + (self.readout(h) - y).square().mean()
        return loss / 20

model = Recurrent()
loss = model(torch.randn(21, 2, 4))
loss.backward()
"""


def test_a_loop_that_many_leaves_enter_lies_where_it_would_be_too_broad_if_it_stood(
    server, visit, monkeypatch
):
    monkeypatch.setitem(MODELS, "recurrent", RECURRENT)
    _, frame = opened(server, visit, "recurrent")

    assert frame.evaluate(ROOM)[2] >= 0


def test_blocks_open_and_close_in_their_place_by_key_and_a_dial_leads_through_them(server, visit):
    _, frame = opened(server, visit, "transformer")
    blocks = box(frame, "×12 Block")
    before = frame.locator(".boxes > g").count()

    blocks.focus()
    blocks.press("Enter")
    expect(blocks).to_have_attribute("aria-expanded", "true")
    assert frame.locator(".boxes > g").count() > before
    dial = frame.get_by_role("slider")
    expect(dial).to_have_attribute("aria-valuetext", "blocks.11 · 12/12")
    last = frame.locator(".boxes > g", has_text="feed").get_attribute("aria-label")

    dial.focus()
    dial.press("ArrowLeft")
    expect(dial).to_have_attribute("aria-valuetext", "blocks.10 · 11/12")
    expect(dial).to_be_focused()
    assert frame.locator(".boxes > g", has_text="feed").get_attribute("aria-label") != last

    blocks.focus()
    blocks.press("Enter")
    expect(blocks).to_have_attribute("aria-expanded", "false")
    assert frame.locator(".boxes > g").count() == before


def test_an_open_box_closes_by_its_first_row_and_not_by_what_is_below(server, visit):
    _, frame = opened(server, visit, "resnet")
    layer = box(frame, "layer3")
    layer.click()
    expect(layer).to_have_attribute("aria-expanded", "true")

    layer.locator(".header").click()
    expect(layer).to_have_attribute("aria-expanded", "false")
    assert layer.locator(".header").count() == 0


def test_a_link_to_a_node_in_a_box_opens_it_at_its_turn(server, visit):
    _, frame = opened(server, visit, "rnn", more="&select=node-100")

    expect(frame.locator("[data-id=node-100]")).to_have_class(re.compile("chosen"))
    words = frame.get_by_role("slider").get_attribute("aria-valuetext")
    assert re.fullmatch(r"turn \d+ of 20", words) and words != "turn 20 of 20"


def test_a_search_opens_the_boxes_around_what_it_finds(server, visit):
    page, frame = opened(server, visit, "transformer")
    field = page.get_by_role("searchbox", name="Find")

    field.fill("blocks.3 softmax")
    field.press("Enter")

    found = frame.locator(".boxes > g.found")
    expect(found).to_contain_text("Softmax")
    expect(frame.get_by_role("slider").first).to_have_attribute("aria-valuetext", "blocks.3 · 4/12")
    expect(field).to_be_focused()
    field.fill("no such thing")
    field.press("Enter")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def test_a_program_that_is_played_turns_the_dial_of_an_open_loop(server, visit):
    page, frame = opened(server, visit, "rnn")
    loop = box(frame, "×20 line 11")
    loop.focus()
    loop.press("Enter")
    dial = frame.get_by_role("slider")
    expect(dial).to_have_attribute("aria-valuetext", "turn 20 of 20")

    page.evaluate(
        "() => document.dispatchEvent(new CustomEvent('autograd-explorer:moment', { detail: {"
        " graph: null, line: 11, ran: null, drawn: null, fired: ['node-0'], now: ['node-100'],"
        " waits: {}, filled: [] } }))"
    )

    expect(frame.locator("[data-id=node-100]")).to_have_class(re.compile("firing"))
    assert dial.get_attribute("aria-valuetext") != "turn 20 of 20"


def test_a_line_for_many_edges_names_them_and_chooses_one(server, visit):
    _, frame = opened(server, visit, "rnn")

    line = frame.locator(".links > g[data-id^=edges-]").first
    assert re.search(r"×\d+ ‖g‖", line.get_attribute("aria-label"))


@pytest.fixture(scope="module")
def graph_server():
    with running_server("benchmarks/graph_page.py") as server:
        yield server


@pytest.mark.parametrize(
    "layers, nodes", [pytest.param(1_000, "5001", marks=pytest.mark.soak), (4_000, "20001")]
)
def test_a_very_large_graph_is_usable_at_once(graph_server, chromium, layers, nodes):
    page = chromium.new_page()
    sizes = []
    page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda data: sizes.append(len(data))))  # fmt: skip
    page.goto(f"{graph_server.url}/?layers={layers}")
    frame = page.locator(".frame")
    frame.locator("[data-id=node-0]").wait_for(timeout=60_000)
    assert frame.locator(".boxes > g").count() <= 30
    expect(frame.locator("svg[role=group]")).to_have_attribute(
        "aria-label", re.compile(f"{nodes} nodes")
    )
    assert sum(sizes) < 700_000

    slow = page.evaluate(
        """async () => {
          const frames = [];
          let last = performance.now();
          const end = last + 500;
          while (last < end) {
            await new Promise(requestAnimationFrame);
            frames.push(performance.now() - last);
            last = performance.now();
          }
          return Math.max(...frames);
        }"""
    )
    assert slow < 500  # the page is alive

    dial = frame.get_by_role("slider").first
    begun = time.perf_counter()
    dial.focus()
    shown = frame.locator(".boxes > g", has_text="Linear").get_attribute("aria-label")
    dial.press("PageDown")  # to a turn that was not sent: the server is asked
    expect(page).to_have_url(re.compile("open="), timeout=20_000)
    linear = frame.locator(".boxes > g", has_text="Linear")
    expect(linear).not_to_have_attribute("aria-label", shown, timeout=20_000)
    expect(linear).to_contain_text("model.")
    assert time.perf_counter() - begun < 20
    page.close()
