import re

import pytest
from playwright.sync_api import expect

from tests.conftest import page_breadth, wait_until
from tests.harness.serving import running_server

ARTICLE_ROW = "[0.1518, 0.0519, 0.0011]"
TUTORIAL_ROW = "[0.3313, 0.0626, 0.2530]"
N_IN = "n_in: how many inputs"


def printed(page):
    return page.locator(".prose pre").first


def unfold(page, title):
    summary = page.locator("details.section > summary", has_text=title)
    summary.click()
    expect(page.locator("details.section[open] > summary", has_text=title)).to_be_visible()


def line_of_w(page):
    return page.locator("li", has_text=re.compile(r"w = torch\.randn\("))


def background(page):
    return page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")


def test_the_first_screen_shows_program_loss_and_gradients(server, visit):
    page = visit(f"{server.url}/?lang=en")

    expect(page.locator("output[name=loss]", has_text="2.2493").first).to_be_in_viewport()
    expect(page.get_by_role("table", name="w.grad (5, 3)")).to_be_in_viewport()
    expect(line_of_w(page)).to_be_in_viewport()
    expect(page.get_by_role("group", name=re.compile("Autograd graph"))).to_be_visible()
    unfold(page, "What it printed")
    expect(printed(page)).to_contain_text(TUTORIAL_ROW)


def test_what_is_folded_away_is_drawn_when_it_is_opened_and_then_follows_the_dials(server, visit):
    page = visit(f"{server.url}/?lang=en")
    section = page.locator("details.section", has_text="The six tensors")
    expect(section.locator("table")).to_have_count(0)

    section.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(section.get_by_role("cell", name="(5, 3)").first).to_be_visible()

    page.locator("#n_in").focus()
    page.keyboard.press("ArrowRight")
    expect(section.get_by_role("cell", name="(6, 3)").first).to_be_visible()


# What can be pressed and is less than 24 pixels broad or high; of what lies in shadow roots, too.
SMALL = """
() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((element) =>
    [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
  // Words in a line of text are as high as the line; test_targets.py measures them on a phone.
  const pressed = "button:not(.letter, .term), input, select, summary, [role=switch]," +
    "td[tabindex], .twin button";
  return all(document).filter((element) => element.matches(pressed)).flatMap((element) => {
    const { width, height } = element.getBoundingClientRect();
    return !element.disabled && width && Math.min(width, height) < 24 ? [element.outerHTML] : [];
  });
}
"""


@pytest.mark.parametrize("width, height", [(1280, 800), (390, 844)])
def test_whatever_can_be_pressed_is_large_enough(server, visit, width, height):
    page = visit(f"{server.url}/?lang=en&select=node-4", width=width, height=height)
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("table", name="Autograd graph")).to_be_visible()

    assert page.evaluate(SMALL) == []


def test_a_slider_moved_by_key_changes_the_numbers_and_the_address(server, visit):
    page = visit(f"{server.url}/?lang=en")
    expect(line_of_w(page)).to_contain_text("(5, 3)")

    page.get_by_role("slider", name=N_IN).focus()
    page.keyboard.press("ArrowRight")

    expect(line_of_w(page)).to_contain_text("torch.randn(6, 3")
    expect(page.get_by_role("table", name="w.grad (6, 3)")).to_be_visible()
    expect(page).to_have_url(re.compile("n_in=6"))


# When which n_in was sent, and when which one stood in the program.
WATCH = """
() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches("li") && element.textContent.includes("x = torch.ones(")) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
  };
  const line = find(document);
  const watched = (window.watched = { sent: [], shown: [] });
  new MutationObserver(() => {
    const size = Number(line.textContent.match(/torch.ones[(]([0-9]+)/)[1]);
    if (size !== watched.shown.at(-1)?.[1]) watched.shown.push([performance.now(), size]);
  }).observe(line, { childList: true, characterData: true, subtree: true });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    // Not the dial's value: it may have moved on between the report and its leaving.
    const size = new TextDecoder().decode(data).match(/"n_in":([0-9]+)/)?.[1];
    if (size) watched.sent.push([performance.now(), Number(size)]);
    send.call(this, data);
  };
}
"""


@pytest.mark.parametrize("size", ["", "&n_out=64"])
def test_a_held_key_is_followed_within_two_updates(server, visit, size):
    page = visit(f"{server.url}/?lang=en&n_in=3{size}")
    expect(page.get_by_text("x = torch.ones(3)")).to_be_visible()
    page.get_by_role("slider", name=N_IN).focus()
    page.evaluate(WATCH)

    for _ in range(60):
        page.keyboard.down("ArrowRight")
        page.wait_for_timeout(25)
    released = page.evaluate("performance.now()")
    page.keyboard.up("ArrowRight")
    expect(page.get_by_text("x = torch.ones(63)")).to_be_visible()
    page.evaluate("meter.rest(500)")

    watched = page.evaluate("watched")
    assert watched["shown"][-1][1] == 63
    assert len(watched["shown"]) >= 5
    assert watched["sent"][-1][1] == 63
    for sent, size in watched["sent"]:
        later = [shown for at, shown in watched["shown"] if at > sent]
        # Nothing comes after the last: it was on the screen already when it was sent to settle.
        assert not later or max(later[:2]) >= size
    assert sum(at > released for at, _ in watched["shown"]) <= 2


def test_the_page_follows_a_drag_and_the_address_follows_the_release(server, visit):
    page = visit(f"{server.url}/?lang=en")
    expect(line_of_w(page)).to_contain_text("(5, 3)")
    slider = page.get_by_role("slider", name="n_out: how many outputs")
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    seen = set()
    entries = page.evaluate("history.length")

    page.mouse.move(box["x"] + box["width"] * 3 / 64, y)
    page.mouse.down()
    for step in range(4, 15):
        page.mouse.move(box["x"] + box["width"] * step / 64, y)
        page.wait_for_timeout(120)
        seen.add(line_of_w(page).inner_text())
        assert "n_out" not in page.url
    page.mouse.up()

    expect(page).to_have_url(re.compile(r"n_out=1\d"))
    assert len(seen) >= 5  # it moved along, not only at the end
    assert page.evaluate("history.length") == entries + 1


def test_back_takes_a_change_back(server, visit):
    page = visit(f"{server.url}/?lang=en")
    page.get_by_role("slider", name=N_IN).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("n_in=6"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("n_in=7"))

    page.go_back()

    expect(line_of_w(page)).to_contain_text("torch.randn(6, 3")
    expect(page.get_by_role("slider", name=N_IN)).to_have_value("6")


def test_the_same_change_after_back_is_a_change_again(server, visit):
    page = visit(f"{server.url}/?lang=en")
    slider = page.get_by_role("slider", name=N_IN)
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("n_in=6"))
    page.go_back()
    expect(slider).to_have_value("5")

    slider.focus()
    page.keyboard.press("ArrowRight")

    expect(line_of_w(page)).to_contain_text("torch.randn(6, 3")
    expect(page).to_have_url(re.compile("n_in=6"))


def test_presets_seeds_and_fills_work(server, visit):
    page = visit(f"{server.url}/?lang=en")

    unfold(page, "What it printed")
    page.get_by_label("as in").select_option("the article")
    expect(printed(page)).to_contain_text(ARTICLE_ROW)
    expect(page.locator("output[name=loss]", has_text="0.2601").first).to_be_visible()
    expect(page).to_have_url(re.compile("seed=2782469188"))

    page.get_by_role("spinbutton", name="Seed, typed").fill("42")
    page.keyboard.press("Enter")
    expect(printed(page)).to_contain_text(TUTORIAL_ROW)

    page.get_by_role("combobox", name="x", exact=True).select_option("ramp")
    expect(page.get_by_text("Row i of w.grad is x[i] × b.grad")).to_be_visible()
    expect(page).to_have_url(re.compile("x=ramp"))


def test_turning_recording_off_leaves_a_shadow_and_shows_pytorchs_error(server, visit):
    page = visit(f"{server.url}/?lang=en")
    graph = page.get_by_role("group", name=re.compile("Autograd graph"))
    expect(graph).to_be_visible()

    page.get_by_role("switch").click()

    shadow = page.get_by_text("not recording: this graph does not exist")
    expect(shadow).to_be_visible()
    expect(page.locator(".callout", has_text="element 0 of tensors does not")).to_be_visible()
    expect(page.get_by_text("None: backward() did not reach this tensor.")).to_have_count(1)
    expect(page.locator("figure", has_text="b.grad").locator(".body")).to_have_text("None")
    page.get_by_role("switch").click()
    expect(shadow).to_be_hidden()
    expect(graph).to_be_visible()


def test_a_typed_seed_out_of_range_is_brought_into_range(server, visit):
    page = visit(f"{server.url}/?lang=en")

    page.get_by_role("spinbutton", name="Seed, typed").fill("99999999999")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("seed=4294967295"))
    expect(page.get_by_role("spinbutton", name="Seed, typed")).to_have_value("4294967295")


def test_the_language_can_be_switched_and_is_declared(server, visit):
    page = visit(f"{server.url}/?lang=en&seed=7")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_text("日本語").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "loss.backward() が勾配を求めるしくみ"
    )
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page).to_have_url(re.compile("lang=ja"))
    expect(page).to_have_url(re.compile("seed=7"))
    expect(page.get_by_role("slider", name="n_in：入力の数")).to_be_visible()


@pytest.mark.parametrize(
    "locale, word",
    [("ja-JP", "プログラムの出力"), ("en-GB", "What it printed"), ("fr-FR", "What it printed")],
)
def test_the_browsers_language_decides_at_first(server, visit, locale, word):
    page = visit(server.url, locale=locale)

    expect(page.get_by_role("heading", name=word, exact=True)).to_be_visible()


def test_the_theme_can_be_switched(server, visit):
    page = visit(f"{server.url}/?lang=en")
    assert background(page) == "rgb(252, 252, 250)"

    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.get_by_test_id("stMainMenuPopover").get_by_text("Dark").click()

    wait_until(
        page,
        "getComputedStyle(document.querySelector('.stApp')).backgroundColor == 'rgb(21, 24, 28)'",
    )
    word = page.locator(".probe .said")
    assert word.evaluate("node => getComputedStyle(node).color") == "rgb(244, 246, 248)"


def test_a_dark_system_gets_the_dark_theme(server, visit):
    assert background(visit(server.url, scheme="dark")) == "rgb(21, 24, 28)"


def test_a_cell_can_be_read_by_mouse_and_by_arrow_keys(server, visit):
    page = visit(f"{server.url}/?lang=en")
    table = page.get_by_role("table", name="w.grad (5, 3)")

    table.locator("td:not(.blank)").first.hover()
    expect(page.get_by_text("w.grad[0, 0] = +0.33133504")).to_be_visible()

    table.locator("td:not(.blank)").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("w.grad[1, 1] = +0.06")).to_be_visible()


def test_a_large_matrix_is_a_picture_whose_cells_can_be_read(server, visit):
    page = visit(f"{server.url}/?lang=en&n_in=64&n_out=64")
    picture = page.get_by_role("img", name="w.grad (64, 64)")
    box = picture.bounding_box()
    assert box["width"] >= 190  # three pixels a cell at least

    picture.hover(position={"x": box["width"] - 1, "y": box["height"] - 1})
    expect(page.get_by_text(re.compile(r"w\.grad\[63, 63\] = [+-]\d"))).to_be_visible()
    picture.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text(re.compile(r"w\.grad\[63, 62\] = "))).to_be_visible()

    unfold(page, "What it printed")
    # What it printed is long, too: the first lines stand there until all are asked for by key.
    high = printed(page).bounding_box()["height"]
    assert high < 320
    page.locator("summary", has_text=re.compile(r"Show all \(\d+ lines\)")).press("Enter")
    assert printed(page).bounding_box()["height"] > high
    page.get_by_role("button", name="another seed").click()
    expect(page.get_by_text("manual_seed(42)")).to_have_count(0)
    page.evaluate("meter.rest(300)")  # what it printed comes after the program
    assert printed(page).bounding_box()["height"] > high
    page.locator("summary", has_text="Show less").press("Enter")
    assert printed(page).bounding_box()["height"] == high


def test_a_matrix_can_be_enlarged(server, visit):
    page = visit(f"{server.url}/?lang=en")

    large = page.get_by_role("button", name="Enlarge: w.grad")
    large.click()

    expect(page.get_by_test_id("stPlotlyChart")).to_be_in_viewport(ratio=1)
    expect(page.locator("body > [role=status]")).to_have_text("w.grad (5, 3)")
    expect(page).to_have_url(re.compile("enlarged=w.grad"))
    expect(large).to_have_attribute("aria-pressed", "true")

    large.press("Enter")
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("enlarged"))


def test_the_copied_program_is_the_program(server, visit):
    page = visit(f"{server.url}/?lang=en&seed=7")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy", exact=True).click()

    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("import torch\n") and "torch.manual_seed(7)\n" in copied
    assert copied.endswith("print(b.grad)\n")


@pytest.mark.thinned
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("query", ["", "n_in=64&n_out=64", "recording=off&n_in=0"])
def test_a_phone_has_no_horizontal_scroll(server, visit, lang, query):
    page = visit(f"{server.url}/?lang={lang}&{query}", width=390, height=844, touch=True)
    page.wait_for_timeout(1500)

    assert page_breadth(page) <= 390
    expect(page.get_by_role("slider").first).to_be_in_viewport()


def test_a_bad_link_is_explained_and_the_page_works(server, visit):
    page = visit(
        f"{server.url}/?lang=en&n_in=0&seed=abc&x=<script>alert(1)</script>&n_out=2&n_out=3"
    )

    expect(page.get_by_test_id("stAlert")).to_have_count(4)
    page.get_by_role("slider", name=N_IN).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(line_of_w(page)).to_contain_text("torch.randn(6, 3")


def test_a_deep_link_works_on_a_cold_server_without_a_notice(cold_server, visit):
    page = visit(f"{cold_server.url}/?lang=en&n_in=7&n_out=2&seed=2782469188&x=ramp&y=ones")

    expect(line_of_w(page)).to_contain_text("torch.randn(7, 2")
    expect(page.get_by_role("slider", name=N_IN)).to_have_value("7")
    page.wait_for_timeout(1000)
    assert page.get_by_text(re.compile("page not found", re.IGNORECASE)).count() == 0
    assert page.get_by_role("dialog").count() == 0


def test_a_restarted_server_brings_the_same_screen_back_on_reload(chromium):
    with running_server() as server:
        page = chromium.new_page(locale="en-US")  # its console may speak of the lost connection
        page.goto(f"{server.url}/?lang=en")
        page.get_by_role("slider", name=N_IN).focus()
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile("n_in=6"))
        page.get_by_role("switch").click()
        expect(page).to_have_url(re.compile("recording=off"))

        server.stop()
        server.start()
        page.reload()

        expect(line_of_w(page)).to_contain_text("torch.randn(6, 3")
        expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        page.close()


def test_the_log_of_a_visited_server_has_no_warnings(cold_server, visit):
    page = visit(f"{cold_server.url}/?lang=ja&n_in=0")
    page.get_by_role("switch").click()
    expect(page).to_have_url(re.compile("recording=off"))

    page.close()
    log = cold_server.stop()

    assert "Traceback" not in log
    assert not re.search(r"warning|error|exception", log, re.IGNORECASE), log
