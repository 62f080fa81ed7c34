"""What the diagnosis finds, in the editor, in the graph, and on a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import texts
from components.address.packing import pack
from tests.conftest import wait_until

FORUM = Path(__file__).parents[1] / "forum"
DEAD = (FORUM / "31_zero_weights_before_relu.py").read_text()
CUT = (FORUM / "10_learned_position_as_index.py").read_text()
GRAPH = "[data-key='graph_view graph']"
IN_VIEW = """(() => {
  const { top, bottom } = document.querySelector("SELECTOR").getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
})()"""


@pytest.fixture
def opened(server, visit):
    def open_page(source, lang="en", **options):
        query = f"page=playground&lang={lang}&code={pack(source)}"
        page = visit(f"{server.url}/?{query}", ready="textbox", **options)
        page.locator(".cm-content").wait_for()
        page.locator(".findings").wait_for()
        return page

    return open_page


def told(page, kind):
    return page.locator(f".cm-line .told.{kind}")


def box(page, name):
    return page.locator(f"{GRAPH} .boxes > g", has_text=name)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_finding_is_marked_on_its_line_and_in_the_graph_up_to_where_it_ends(opened, lang):
    say = texts.for_page("diagnosis", lang)
    page = opened(DEAD, lang, scheme="dark")
    row = page.locator(".found [aria-current]")

    alarm, fact = told(page, "alarm"), told(page, "fact").first
    expect(alarm).to_have_text(f"{say('status_zero')}: gate.weight")
    marks = [
        one.evaluate("node => getComputedStyle(node, '::before').content") for one in (alarm, fact)
    ]
    assert "✗" in marks[0] and "•" in marks[1]
    of_alarm = page.locator(".cm-line", has=page.locator(".told.alarm"))
    expect(of_alarm).to_contain_text("nn.init.zeros_(gate.weight)")

    relu = box(page, "ReluBackward0")
    expect(relu).to_have_class(re.compile("alarm"))
    expect(relu).to_contain_text(f"✗ {say('path_zero')}")
    assert say("path_zero") in relu.get_attribute("aria-label")
    passed, behind = (page.locator(f"{GRAPH} .links > g.{one}") for one in ("passed", "behind"))
    assert [link.get_attribute("data-id") for link in passed.all()] == [
        "edge-0-0", "edge-1-0", "edge-2-0", "edge-3-1",
    ]  # fmt: skip
    assert {link.get_attribute("data-id") for link in behind.all()} == {
        "edge-5-0", "edge-7-1", "edge-9-0",
    }  # fmt: skip
    dashes = "link => getComputedStyle(link.querySelector('.backward')).strokeDasharray"
    assert passed.first.evaluate(dashes) != behind.first.evaluate(dashes)
    expect(row).to_contain_text(say("path_zero"))

    row.get_by_role("button", name="ReluBackward0").press("Enter")
    expect(page).to_have_url(re.compile("select=node-5"))
    expect(relu).to_have_class(re.compile("chosen"))
    expect(row.get_by_role("button", name="ReluBackward0")).to_be_focused()


def test_another_finding_is_chosen_in_the_editor_by_mouse_and_by_keyboard(opened):
    page = opened(DEAD)
    row = page.locator(".found [aria-current]")
    expect(row).to_contain_text("gate.weight")
    last = page.locator(".told.fact", has_text="tail.bias")

    last.click()

    expect(page).to_have_url(re.compile("select=line-18"))
    expect(row).to_contain_text("tail.bias")
    expect(row).to_be_visible()  # its fold has opened
    expect(page.locator(f"{GRAPH} .boxes > g.alarm")).to_have_count(0)

    page.locator(".cm-line", has_text="nn.init.zeros_").click(position={"x": 2, "y": 8})
    page.keyboard.press("Alt+Enter")
    expect(page).to_have_url(re.compile("select=line-11"))
    expect(row).to_contain_text("gate.weight")
    expect(box(page, "ReluBackward0")).to_have_class(re.compile("alarm"))


def test_a_cut_is_marked_at_the_none_where_the_value_enters(opened):
    page = opened(CUT)
    none = page.locator(f"{GRAPH} [data-id='none-1-1']")
    expect(none).to_contain_text("the way ends here")
    expect(none).to_contain_text("long, line 13")
    table = page.locator(".findings details", has_text="All leaves as a table (2)")
    table.locator("summary").click()
    cells = table.get_by_role("row", name="position").locator("td")
    expect(cells).to_have_text(["(2,)", "–", "–", "–", "no gradient", "13"])


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_on_a_phone_the_first_alarm_is_read_before_the_program_and_leads_to_its_cure(opened, lang):
    say = texts.for_page("diagnosis", lang)
    page = opened(DEAD, lang, width=390, height=844, touch=True)
    verdict = page.locator(".verdict")
    alarm = page.locator(".found .alarm")
    wait_until(page, IN_VIEW.replace("SELECTOR", ".verdict"))
    assert verdict.bounding_box()["y"] < page.locator(".editor").bounding_box()["y"]
    assert not page.evaluate(IN_VIEW.replace("SELECTOR", ".found .alarm"))

    verdict.get_by_role("button", name=say("read")).tap()
    wait_until(page, IN_VIEW.replace("SELECTOR", ".found .alarm"))
    expect(alarm).to_contain_text(say("cure"))

    alarm.get_by_role("button", name=say("line", line=11)).tap()
    wait_until(page, IN_VIEW.replace("SELECTOR", "[data-key='editor editor']"))
    page.get_by_role("button", name=texts.for_page("editor", lang)("run")).tap()
    wait_until(page, IN_VIEW.replace("SELECTOR", ".found .alarm"))


def test_on_a_desk_it_is_read_once(opened):
    page = opened(DEAD)
    expect(page.locator(".verdict")).to_be_hidden()
    editor, column = (page.locator(one).bounding_box() for one in (".editor", ".findings"))
    assert abs(editor["y"] - column["y"]) < 8
