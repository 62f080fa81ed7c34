"""Whether graphs of every size can be read: how they open, and what follows a run in them."""

import re

import pytest
from playwright.sync_api import expect

from components.address import EXAMPLES
from components.address.packing import pack
from tests.conftest import page_breadth, wait_until

MLP = """import torch
from torch import nn
torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(),
    nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1),
)
loss = model(torch.randn(4, 8)).pow(2).mean()
loss.backward()
"""
ATTENTION = """import torch
torch.manual_seed(0)
x = torch.randn(2, 4, 8)
wq, wk, wv, wo = (torch.randn(8, 8, requires_grad=True) for _ in range(4))
q = (x @ wq).view(2, 4, 2, 4).transpose(1, 2)
k = (x @ wk).view(2, 4, 2, 4).transpose(1, 2)
v = (x @ wv).view(2, 4, 2, 4).transpose(1, 2)
scores = torch.softmax(q @ k.transpose(2, 3) / 2, dim=3)
mixed = (scores @ v).transpose(1, 2).reshape(2, 4, 8)
loss = (mixed @ wo).pow(2).mean()
loss.backward()
"""
RNN = """import torch
torch.manual_seed(0)
w = torch.randn(4, 4, requires_grad=True)
u = torch.randn(3, 4, requires_grad=True)
h = torch.zeros(1, 4)
for step in range(8):
    h = torch.tanh(torch.randn(1, 3) @ u + h @ w)
loss = h.pow(2).sum()
loss.backward()
"""
DEEP = """import torch
torch.manual_seed(0)
w = torch.randn(4, 4, requires_grad=True)
h = torch.randn(2, 4)
for layer in range(50):
    h = torch.tanh(h @ w)
loss = h.sum()
loss.backward()
"""
GRAPHS = {
    "explorer": "page=explorer",
    **{name: f"page=playground&example={name}" for name in EXAMPLES},
    **{
        name: f"page=playground&code={pack(source)}"
        for name, source in {"mlp": MLP, "attention": ATTENTION, "rnn": RNN, "deep": DEEP}.items()
    },
}
SCREENS = {"desk": (1280, 800, ""), "phone": (390, 844, ""), "projector": (1280, 800, "&present=1")}

# Of every text that is seen in the picture, its size on the screen in px.
SIZES = """(frame) => {
  const picture = frame.querySelector("svg");
  const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
  return [...picture.querySelectorAll("text")]
    .filter((text) => text.getClientRects().length && getComputedStyle(text).visibility === "visible")
    .map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
}"""
OUTSIDE = """(frame) => {
  const room = frame.getBoundingClientRect();
  return [...frame.querySelectorAll(".boxes > g")].filter((box) => {
    const { left, right, top, bottom } = box.querySelector("rect").getBoundingClientRect();
    return left < room.left - 1 || right > room.right + 1 || top < room.top - 1 || bottom > room.bottom + 1;
  }).map((box) => box.dataset.id);
}"""


def opened(server, visit, query, screen="desk", **more):
    width, height, key = SCREENS[screen]
    projected = screen == "projector"
    if projected:  # the slide with the graph
        key += f"&slide={2 if 'page=explorer' in query else 3}"
    url = f"{server.url}/?lang=en&{query}{key}"
    page = visit(url, width=width, height=height, ready="group" if projected else "heading", **more)
    frame = page.locator(".frame")
    frame.locator("[data-id=node-0]").first.wait_for()
    return page, frame


ELSEWHERE = ("explorer", "attention_head", "mlp", "attention", "rnn", "deep")


@pytest.mark.thinned(2)
@pytest.mark.parametrize(
    "graph, screen",
    [
        *((graph, "desk") for graph in GRAPHS),
        # In turns, or of the half that stays all would be on phones.
        *((graph, screen) for graph in ELSEWHERE[::2] for screen in ("phone", "projector")),
        *((graph, screen) for graph in ELSEWHERE[1::2] for screen in ("projector", "phone")),
    ],
)
def test_a_graph_opens_readable_at_its_root_and_fit_shows_all_of_it(server, visit, graph, screen):
    page, frame = opened(server, visit, GRAPHS[graph], screen)

    assert min(frame.evaluate(SIZES)) >= (20 if screen == "projector" else 12)
    assert "node-0" not in frame.evaluate(OUTSIDE)
    assert page_breadth(page) <= SCREENS[screen][0]

    page.get_by_role("button", name="Fit").click()
    assert frame.evaluate(OUTSIDE) == []


def test_of_a_small_graph_all_gradients_are_shown_and_of_a_large_one_those_pointed_at(
    server, visit
):
    _, frame = opened(server, visit, GRAPHS["explorer"])
    labels = frame.locator(".labels .full:visible")
    expect(labels.first).to_be_visible()
    assert labels.count() == 5

    _, frame = opened(server, visit, GRAPHS["mlp"])
    labels = frame.locator(".labels .full:visible")
    expect(labels).to_have_count(0)
    frame.locator(".links [data-id=edge-0-0]").focus()
    expect(labels).to_have_count(1)
    frame.locator(".boxes [data-id=node-0]").hover()
    expect(labels.first).to_be_visible()


def test_a_fold_opens_and_closes_in_its_place_by_mouse_and_by_key(server, visit):
    page, frame = opened(server, visit, GRAPHS["attention"])
    folds = frame.locator(".boxes > g.fold")
    fold = folds.nth(3)  # far from the ends of the picture, where the frame cannot be scrolled on
    fold.scroll_into_view_if_needed()
    expect(fold).to_have_attribute("aria-expanded", "false")
    boxes = frame.locator(".boxes > g").count()
    before = fold.locator("rect").first.bounding_box()

    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert frame.locator(".boxes > g").count() >= boxes + 2
    now = fold.locator("rect").first.bounding_box()
    # The side towards the loss, which is below in a frame as narrow as this one.
    assert now["y"] + now["height"] == pytest.approx(before["y"] + before["height"], abs=2)
    expect(page).not_to_have_url(re.compile("select="))

    fold.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(frame.locator(".boxes > g")).to_have_count(boxes)
    expect(fold).to_be_focused()


def test_what_is_chosen_inside_a_fold_opens_it(server, visit):
    _, frame = opened(server, visit, GRAPHS["attention"])
    frame.locator(".boxes > g.fold").first.click()
    inner = frame.locator(".boxes > g", has_text="TransposeBackward0").first
    name = inner.get_attribute("data-id")

    _, frame = opened(server, visit, GRAPHS["attention"] + f"&select={name}")

    expect(frame.locator(f".boxes > [data-id={name}]")).to_have_class(re.compile("chosen"))
    assert name not in frame.evaluate(OUTSIDE)


def test_a_large_graph_has_an_overview_that_moves_it_and_may_fill_the_screen(server, visit):
    page, frame = opened(server, visit, GRAPHS["deep"])
    overview = page.locator("svg.overview")
    expect(overview).to_be_visible()
    before = frame.evaluate("frame => frame.scrollTop")
    seen = float(overview.locator(".seen").get_attribute("y"))

    overview.click(position={"x": 8, "y": 8})

    assert frame.evaluate("frame => frame.scrollTop") < before
    wait_until(
        page,
        f"(() => {{ for (const part of document.querySelectorAll('*')) {{"
        f" const seen = part.shadowRoot?.querySelector('.seen');"
        f" if (seen) return Number(seen.getAttribute('y')) < {seen}; }} }})()",
    )
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()
    page.get_by_role("button", name="Fit").click()
    expect(overview).to_be_hidden()


MOMENT = """([detail]) => document.dispatchEvent(
  new CustomEvent("autograd-explorer:moment", { detail }))"""


def say_moment(page, **said):
    rest = {"graph": "graph", "line": None, "drawn": None, "fired": [], "now": []}
    page.evaluate(MOMENT, [{**rest, "waits": {}, "filled": [], **said}])


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_graph_follows_a_run(server, visit, motion):
    page, frame = opened(server, visit, GRAPHS["explorer"])
    page.emulate_media(reduced_motion=motion)
    box = frame.locator(".boxes [data-id=node-1]")
    edge = frame.locator(".links [data-id=edge-0-0]")
    dots = frame.locator(".travellers circle")

    say_moment(page, drawn=["node-1"])
    expect(box).not_to_have_class(re.compile("undrawn-yet"))
    expect(frame.locator(".boxes [data-id=node-0]")).to_have_class(re.compile("undrawn-yet"))
    expect(frame.locator(".labels .full:visible")).to_have_count(0)

    page.evaluate(
        """() => { window.dots = 0; for (const part of document.querySelectorAll('*')) {
          const layer = part.shadowRoot?.querySelector('.travellers');
          if (layer) new MutationObserver(() => {
            window.dots = Math.max(window.dots, layer.children.length); }).observe(layer, { childList: true });
        } }"""
    )
    say_moment(page, fired=["node-0"], now=["edge-0-0"], waits={"node-1": "1 / 2"})
    expect(edge).to_have_class(re.compile("firing"))
    expect(frame.locator(".labels [data-id=edge-0-0] .full")).to_be_visible()
    expect(frame.locator(".badges")).to_have_text("1 / 2")
    expect(dots).to_have_count(0)  # it has arrived
    assert page.evaluate("window.dots") == (1 if motion == "no-preference" else 0)

    say_moment(page, drawn=["edge-0-1"])
    expect(frame.locator(".boxes [data-id=none-0-1]")).not_to_have_class(re.compile("undrawn"))

    leaf = frame.locator(".boxes > g.leaf", has_text="w")
    say_moment(page, filled=["w"])
    expect(leaf).to_have_class(re.compile("filled"))
    expect(frame.locator(".badges")).to_have_text(".grad ✓")

    say_moment(page, graph="another", drawn=[])
    expect(frame.locator(".undrawn-yet")).to_have_count(0)
    page.evaluate(MOMENT, [None])
    expect(frame.locator(".labels .full:visible")).to_have_count(5)


def test_what_fires_comes_into_sight(server, visit):
    page, frame = opened(server, visit, GRAPHS["deep"])
    page.emulate_media(reduced_motion="reduce")  # else it scrolls smoothly, which takes a while
    assert frame.locator("[data-id=node-40]").count() == 0  # another turn is shown

    say_moment(page, now=["node-40"])

    expect(frame.locator(".boxes [data-id=node-40]")).to_have_class(re.compile("firing"))
    assert "node-40" not in frame.evaluate(OUTSIDE)
