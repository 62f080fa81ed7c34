import re

import pytest
from playwright.sync_api import expect

import texts
from components.address.packing import pack
from tests.conftest import page_breadth


def node(page, name):
    return page.locator(".boxes > g", has_text=name).first


def card(page):
    return page.locator("section.card")


def line(page, text):
    return page.locator("li", has_text=text).first


def test_a_click_on_a_node_shows_its_card_lights_its_line_and_is_in_the_address(server, visit):
    page = visit(f"{server.url}/?lang=en")

    node(page, "MmBackward0").click()

    expect(card(page)).to_contain_text("grad_mat2 = selfᵀ @ grad")
    expect(card(page)).to_contain_text("mm_mat2_backward(grad, self")
    expect(card(page)).to_contain_text("✓")
    expect(page).to_have_url(re.compile("select=node-4"))
    expect(line(page, "z = torch.matmul")).to_have_class(re.compile("lit"))
    expect(node(page, "MmBackward0")).to_have_class(re.compile("chosen"))
    expect(node(page, "MmBackward0")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_matrices_of_a_card_stay_in_their_halves(server, visit, width):
    """The first layer of a network has an upstream gradient of 16 rows and 8 columns."""
    page = visit(
        f"{server.url}/?lang=en&page=playground&example=two_layer_mlp&select=node-5",
        width=width,
        ready="heading",
    )
    expect(card(page)).to_contain_text("5 AddmmBackward0")
    out = card(page).evaluate(
        """(card) => [...card.querySelectorAll('.facts, .numbers')].map((half) => {
          const edge = half.getBoundingClientRect().right;
          const figures = [...half.querySelectorAll('figure')];
          return Math.max(...figures.map((f) => f.getBoundingClientRect().right)) - edge;
        })"""
    )
    assert len(out) == 2 and max(out) <= 1


def test_a_second_click_lets_go_and_a_third_chooses_again(server, visit):
    page = visit(f"{server.url}/?lang=en")
    box = node(page, "AddBackward0")
    box.click()
    expect(card(page)).to_be_visible()

    box.click()
    expect(card(page)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("select="))

    box.click()
    expect(card(page)).to_be_visible()


def test_a_line_lights_the_nodes_it_recorded(server, visit):
    page = visit(f"{server.url}/?lang=en")

    line(page, "z = torch.matmul").click()

    for name in ("AddBackward0", "SqueezeBackward", "MmBackward0"):
        expect(node(page, name)).to_have_class(re.compile("lit"))
    expect(node(page, "BinaryCross")).not_to_have_class(re.compile("lit"))
    expect(page.get_by_text("Line 9 recorded")).to_be_visible()


def test_lines_can_be_chosen_by_key(server, visit):
    page = visit(f"{server.url}/?lang=en")

    page.get_by_role("button", name="Show what line recorded: 10", exact=True).press("Enter")

    expect(node(page, "BinaryCross")).to_have_class(re.compile("lit"))


def test_the_graph_can_be_walked_and_chosen_by_keys(server, visit):
    page = visit(f"{server.url}/?lang=en")
    page.locator(".boxes > g[tabindex='0']").focus()

    page.keyboard.press("ArrowLeft")  # onto the edge towards the inputs
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("select=edge-0-0"))
    expect(card(page)).to_contain_text("The gradient on this edge")

    page.keyboard.press("ArrowLeft")  # on to the node behind it
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("select=node-1"))
    expect(card(page)).to_contain_text("1 AddBackward0")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("select=node-0"))


def test_the_table_twin_is_one_key_away_and_chooses_too(server, visit):
    page = visit(f"{server.url}/?lang=en")
    page.locator(".boxes > g[tabindex='0']").focus()

    page.keyboard.press("t")

    twin = page.get_by_role("table", name="Autograd graph")
    expect(twin).to_be_visible()
    expect(twin).to_contain_text("self (1, 5)")
    expect(page.locator(".frame")).to_be_hidden()
    twin.get_by_role("button", name="4 MmBackward0").click()
    expect(page).to_have_url(re.compile("select=node-4"))
    expect(twin.get_by_role("button", name="4 MmBackward0")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator(".frame")).to_be_visible()


def test_a_tap_chooses(server, visit):
    page = visit(f"{server.url}/?lang=en", width=390, height=844, touch=True)

    node(page, "AddBackward0").tap()

    expect(page).to_have_url(re.compile("select=node-1"))
    expect(card(page)).to_contain_text("self + alpha · other")
    assert page_breadth(page) <= 390


def test_zoom_changes_the_size_and_fit_brings_it_back(server, visit):
    page = visit(f"{server.url}/?lang=en")
    picture = page.locator(".frame > svg")
    picture.wait_for()
    before = picture.bounding_box()["width"]

    page.get_by_role("button", name="Larger").click()
    assert picture.bounding_box()["width"] > before * 1.2
    page.get_by_role("button", name="Fit").click()

    assert picture.bounding_box()["width"] == pytest.approx(before)


@pytest.mark.parametrize("width, height", [(900, 800), (390, 844)])
def test_a_graph_larger_than_its_frame_opens_at_the_loss_and_fit_shows_all_of_it(
    server, visit, width, height
):
    address = f"{server.url}/?page=playground&lang=en&example=attention_head"
    page = visit(address, ready="textbox", width=width, height=height)
    frame = page.locator(".frame")
    outside = """(frame) => {
      const room = frame.getBoundingClientRect();
      return [...frame.querySelectorAll(".boxes > g")].filter((box) => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        return left < room.left || right > room.right || top < room.top || bottom > room.bottom;
      }).map((box) => box.textContent);
    }"""
    node(page, "SumBackward0").wait_for()

    at_first = frame.evaluate(outside)
    assert at_first and not any("SumBackward0" in text for text in at_first)
    page.get_by_role("button", name="Fit").click()
    assert frame.evaluate(outside) == []


def test_boxes_keep_their_elements_between_updates(server, visit):
    page = visit(f"{server.url}/?lang=en")
    node(page, "AddBackward0").evaluate("element => (element.kept = true)")

    page.get_by_role("slider", name="n_in: how many inputs").focus()
    page.keyboard.press("ArrowRight")
    expect(node(page, "AccumulateGrad").and_(page.locator("[data-id=node-5]"))).to_have_count(0)
    expect(page.locator("[data-id=node-5]").first).to_contain_text("(6, 3)")

    assert node(page, "AddBackward0").evaluate("element => element.kept") is True


def test_a_link_restores_the_selection(server, visit):
    page = visit(f"{server.url}/?lang=ja&select=edge-4-1")

    expect(card(page)).to_contain_text("4 MmBackward0 → 5 AccumulateGrad")
    expect(page.locator("[data-id=edge-4-1]").first).to_have_class(re.compile("chosen"))


def test_a_cell_tells_its_story_and_lights_its_way(server, visit):
    page = visit(f"{server.url}/?lang=en&x=ramp")

    page.get_by_role("table", name="w.grad (5, 3)").locator("td:not(.blank)").nth(5).click()

    expect(page.locator(".answer b").first).to_have_text(
        re.compile(r"^Where w\.grad\[1, 2\] = \+0\.0898")
    )
    factor = page.get_by_role("listitem").filter(has_text="4 MmBackward0: × 0.4")
    expect(factor).to_be_in_viewport(ratio=1)
    expect(page.locator(".answer")).to_be_in_viewport(ratio=0.99)
    expect(page.locator("body > [role=status]")).to_have_text(re.compile(r"^Where w\.grad\[1, 2\]"))
    assert factor.evaluate("item => getComputedStyle(item).listStyleType") == "none"
    expect(page).to_have_url(re.compile("select=cell-w.grad-1-2"))
    expect(page.locator("[data-id=node-4]").first).to_have_class(re.compile("lit"))
    expect(page.locator("[data-id=node-3]").first).not_to_have_class(re.compile("lit"))


def fired(page):
    return page.locator(".boxes > g.fired").count()


def on(page):
    return page.get_by_role("button", name="One on", exact=True)


def test_the_lesson_steps_goes_back_and_finishes_without_the_server(server, visit):
    page = visit(f"{server.url}/?lang=en&page=backward&done=backward&step=0")
    page.locator("summary", has_text="Every step in numbers").click()
    panel = page.locator(".step[role=status]")
    expect(panel).to_contain_text("this shows what each node receives")
    assert fired(page) == 0

    on(page).click()
    assert "0 AddBackward0" in panel.inner_text()  # at once: no round trip
    assert fired(page) == 1
    expect(line(page, "loss = error")).to_have_class(re.compile("lit"))
    expect(line(page, "loss.backward()")).to_have_class(re.compile("now"))

    page.keyboard.press("ArrowRight")
    assert "2 LinalgVectorNormBackward0" in panel.inner_text()
    page.get_by_role("button", name="One back").click()
    assert "0 AddBackward0" in panel.inner_text()

    page.get_by_role("slider", name="Where the program stands").press("End")
    assert "It is added to w.grad." in panel.inner_text()
    assert fired(page) == 8
    expect(on(page)).to_be_disabled()
    expect(page).not_to_have_url(re.compile("[?&](t|step)="))


def test_a_graph_is_drawn_line_by_line_and_a_node_waits_for_its_second_gradient(server, visit):
    page = visit(f"{server.url}/?lang=en&page=backward&done=backward&t=7")
    expect(node(page, "MmBackward0")).not_to_have_class(re.compile("undrawn-yet"))
    expect(node(page, "penalty")).to_have_class(re.compile("undrawn-yet"))
    on(page).click()
    expect(node(page, "BinaryCross")).not_to_have_class(re.compile("undrawn-yet"))

    for _ in range(5):
        on(page).click()
    expect(page.locator(".caption")).to_contain_text("z waits: 1 of 2 gradients have arrived")
    expect(page.locator(".badges")).to_have_text("1 / 2")
    page.get_by_role("slider", name="Where the program stands").press("End")
    expect(page.locator(".badges")).to_have_text(".grad ✓.grad ✓")
    expect(page.locator(".boxes > g.leaf.filled")).to_have_count(2)


def test_a_link_restores_the_step_on_a_cold_server(cold_server, visit):
    page = visit(f"{cold_server.url}/?lang=en&page=backward&done=backward&step=3&n_in=4")

    expect(page.locator(".caption")).to_contain_text("BinaryCrossEntropyWithLogitsBackward0")
    assert fired(page) == 3
    expect(line(page, "torch.randn(4, 3")).to_have_count(1)
    page.wait_for_timeout(800)
    assert page.get_by_role("dialog").count() == 0


def test_where_recording_is_off_the_lesson_says_so(server, visit):
    page = visit(f"{server.url}/?lang=en&page=backward&done=backward&recording=off")

    expect(page.get_by_text(texts.for_page("backward", "en")("off"))).to_be_visible()


def test_going_to_the_lesson_and_back_keeps_the_dials(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=7")

    page.get_by_role("link", name="Lessons").click()
    expect(page.get_by_role("heading", level=1, name="lessons")).to_be_visible()
    page.locator(".card", has_text="Backward, step by step").click()
    title = page.get_by_role("heading", name="Backward, step by step")
    expect(title).to_be_visible()  # the index may stand there for another moment
    expect(page.get_by_role("slider", name="n_in: how many inputs")).to_have_value("7")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="lessons")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Watch loss.backward() find the gradients"
    )
    expect(line(page, "torch.randn(7, 3")).to_be_visible()


@pytest.mark.thinned
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_phone_can_step(server, visit, lang, scheme):
    page = visit(
        f"{server.url}/?lang={lang}&page=backward&done=backward&step=0",
        width=390,
        height=844,
        scheme=scheme,
        touch=True,
    )

    page.locator(".timeline button.step").tap()

    expect(page.locator(".caption")).to_contain_text("AddBackward0")
    assert page_breadth(page) <= 390


def test_an_update_of_the_page_stays_small(server, visit):
    page = visit(f"{server.url}/?lang=en")
    page.wait_for_timeout(1500)
    received = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame))
    )
    page.reload()
    page.get_by_role("table", name="w.grad (5, 3)").wait_for()
    page.wait_for_timeout(1500)
    received.clear()

    page.get_by_role("slider", name="n_in: how many inputs").focus()
    page.keyboard.press("ArrowRight")
    expect(line(page, "torch.randn(6, 3")).to_be_visible()
    page.wait_for_timeout(1000)

    assert 0 < sum(map(len, received)) <= 26_500


CAT = """import torch
x = torch.ones(1, requires_grad=True)
h, hs = x, []
for i in range(3000):
    h = h * 1
    hs.append(h)
y = torch.cat(hs).sum()
"""
STACK = """import torch
x = torch.ones(1, requires_grad=True)
y = torch.stack([x * 1 for i in range(700)]).sum()
y.backward()
"""


@pytest.mark.thinned
@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
@pytest.mark.parametrize(
    "source, lang, words",
    [
        (CAT, "en", "×3,000 line 5"),
        (STACK, "ja", "×700 3行目"),
    ],
)
def test_a_huge_graph_is_drawn_as_few_boxes_and_says_how_much_they_hold(
    server, visit, source, lang, words, width, height
):
    address = f"{server.url}/?page=playground&lang={lang}&code={pack(source)}"
    page = visit(address, ready="textbox", width=width, height=height)

    expect(page.locator(".boxes > g.fold").first).to_contain_text(words)
    picture = page.locator(".frame > svg")
    view = [float(number) for number in picture.get_attribute("viewBox").split()]
    assert min(view[2:]) < 9_000
    # As they are drawn: x, y, breadth and height of every box, in the picture's own measure.
    boxes = page.locator(".boxes > g:not(.open)").evaluate_all(
        """all => all.map((box) => {
          const { e, f } = box.transform.baseVal.consolidate().matrix;
          const rect = box.querySelector("rect");
          return [e, f, Number(rect.getAttribute("width")), Number(rect.getAttribute("height"))];
        })"""
    )
    assert 0 < len(boxes) <= 30
    for i, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0 and y >= 0 and x + wide <= view[2] and y + high <= view[3]
        for left, top, breadth, depth in boxes[:i]:
            apart = x >= left + breadth or left >= x + wide or y >= top + depth or top >= y + high
            assert apart
    assert page_breadth(page) <= width


def test_a_box_with_many_links_does_not_push_all_others_apart(server, visit):
    source = CAT.replace("3000", "40").replace("h = h * 1", "h = x * 1")
    page = visit(f"{server.url}/?page=playground&lang=en&code={pack(source)}", ready="textbox")

    view = page.locator(".frame > svg").get_attribute("viewBox")

    assert float(view.split()[3]) < 41 * 200  # 40 None and the leaf with its 40 links in one layer


def test_a_gradient_that_is_no_number_is_drawn(server, visit):
    source = (
        "import torch\nw = torch.zeros(2, requires_grad=True)\n(w.sqrt() * 0).sum().backward()\n"
    )
    page = visit(f"{server.url}/?page=playground&lang=en&code={pack(source)}", ready="textbox")

    expect(page.locator(".labels")).to_contain_text("NaN, NaN")
    expect(page.locator(".labels").get_by_text("NaN", exact=True).first).to_be_visible()
