"""The Playground as one pane: program, values, graph, and the bar that plays them."""

import re

import pytest
from playwright.sync_api import expect

import texts
from tests.conftest import editor_text, expect_editor, page_breadth, wait_until

SAY = texts.for_page("editor", "en")


@pytest.fixture
def pane(server, visit):
    def open_page(query="lang=en", **options):
        page = visit(f"{server.url}/?page=playground&{query}", ready="textbox", **options)
        page.locator(".cm-content").wait_for()
        expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
        return page

    return open_page


def line(page, text):
    return page.locator(".cm-line", has_text=text).first


def number(page, n):
    return page.locator(".cm-lineNumbers").get_by_text(str(n), exact=True)


@pytest.mark.thinned
@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_program_graph_and_player_stand_on_one_screen(pane, lang, scheme):
    page = pane(f"lang={lang}&example=two_layer_mlp", scheme=scheme)

    editor, graph, bar = (
        page.locator(part).bounding_box()
        for part in (".editor", "[data-key='graph_view graph']", ".timeline")
    )
    assert editor["x"] + editor["width"] < graph["x"]
    assert max(box["y"] + box["height"] for box in (editor, graph, bar)) <= 800
    assert bar["y"] >= graph["y"] + graph["height"]
    assert page.locator(".program").count() == 0  # the text stands there once


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_on_a_phone_they_stand_one_below_the_other_and_nothing_sticks_out(pane, lang):
    page = pane(f"lang={lang}&example=two_layer_mlp", width=390, height=844, touch=True)

    tops = [
        page.locator(part).bounding_box()["y"]
        for part in (".editor", "[data-key='graph_view graph']", ".timeline", ".tensors")
    ]
    assert tops == sorted(tops)
    assert page_breadth(page) <= 390
    assert page.locator(".cm-scroller").evaluate("one => one.scrollWidth <= one.clientWidth")


def test_each_line_shows_its_last_value_and_how_often_it_ran(pane):
    page = pane("lang=en&example=two_layer_mlp")

    expect(line(page, "loss = criterion").locator(".note")).to_have_text("0.1639  ×30")
    expect(line(page, "for epoch in").locator(".note")).to_have_text("29  ×30")
    expect(line(page, "import torch").locator(".note")).to_have_count(0)


def test_what_is_edited_loses_its_value_and_the_rest_is_dimmed_until_it_is_undone(pane):
    page = pane("lang=en&example=detach")
    before = editor_text(page)
    graph = "getComputedStyle(document.querySelector(\"[data-key='graph_view graph']\")).opacity"
    expect(line(page, "b = a**2").locator(".note")).to_have_count(1)

    line(page, "b = a**2").click(position={"x": 2, "y": 8})
    page.keyboard.press("End")
    page.keyboard.type("*1")

    expect(line(page, "b = a**2*1").locator(".note")).to_have_count(0)
    expect(line(page, "a = torch").locator(".note")).to_have_css("opacity", "0.5")
    expect(page.get_by_text(SAY("changed"))).to_be_visible()
    wait_until(page, f"{graph} < 1")
    page.keyboard.press("Control+z")
    expect_editor(page, before)
    expect(line(page, "b = a**2").locator(".note")).to_have_count(1)
    wait_until(page, f"{graph} == 1")


def test_a_line_is_chosen_by_its_number_or_from_within_by_keyboard(pane):
    page = pane()
    number(page, 10).click()
    expect(page).to_have_url(re.compile("select=line-10"))
    expect(line(page, "z = torch.matmul")).to_have_class(re.compile("chosen"))
    expect(page.locator(".boxes > g.lit", has_text="MmBackward0")).to_be_visible()

    line(page, "loss = F.binary").click(position={"x": 2, "y": 8})
    page.keyboard.press("Alt+Enter")
    expect(page).to_have_url(re.compile("select=line-11"))
    expect(line(page, "loss = F.binary")).to_have_class(re.compile("chosen"))


def test_names_are_completed_and_enter_stays_a_new_line(pane):
    page = pane("lang=en&example=detach")
    page.get_by_role("textbox", name="Program").click()
    page.keyboard.press("Control+End")

    page.keyboard.type("t = torch.linsp")
    expect(page.get_by_role("option", name="linspace")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("(0, 1, 3")  # the bracket is closed by the editor
    page.keyboard.press("End")
    page.keyboard.type("\nu = t.su")
    expect(page.get_by_role("option", name="sum", exact=True)).to_be_visible()
    page.keyboard.press("Enter")

    assert editor_text(page).endswith("t = torch.linspace(0, 1, 3)\nu = t.su\n")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_the_text_is_searched_in_the_readers_language(pane, lang):
    say = texts.for_page("editor", lang)
    page = pane(f"lang={lang}")
    page.locator(".cm-content").click()

    page.keyboard.press("Control+f")

    expect(page.get_by_role("textbox", name=say("find"))).to_be_focused()
    page.keyboard.type("loss")
    expect(page.locator(".cm-searchMatch").first).to_be_visible()
    for name in ("next", "previous", "replace_all"):
        expect(page.get_by_role("button", name=say(name), exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cm-search")).to_have_count(0)


def test_a_question_is_chosen_and_a_program_run_by_keyboard_alone(pane):
    page = pane()
    page.get_by_role("button", name=SAY("examples")).press("Enter")
    chosen = page.get_by_role("button", name=SAY("example_linear_layer"))
    expect(chosen).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("example=shared_weights"))
    expect(page.locator(".question")).to_contain_text(SAY("example_shared_weights"))

    page.get_by_role("button", name=SAY("examples")).focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("print(6 * 7)")
    page.keyboard.press("Control+Enter")
    expect(line(page, "print(6 * 7)").locator(".note")).to_have_text("42")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_a_gradient_opens_as_a_heatmap_below_its_row(pane):
    page = pane("lang=en&example=two_layer_mlp")
    row = page.locator("tr", has_text="model.0.weight").last
    expect(row).to_contain_text("→ -0.0585 … 0.0462")
    expect(page.locator(".heatmap")).to_have_count(0)

    open_it = page.get_by_role("button", name="Heatmap: model.0.weight.grad")
    open_it.press("Enter")

    expect(page.locator(".heatmap td:not(.blank)")).to_have_count(8)
    close = page.get_by_role("button", name="Close: model.0.weight.grad")
    expect(close).to_be_focused()
    close.press("Enter")
    expect(page.locator(".heatmap")).to_have_count(0)


def test_a_number_that_changes_round_by_round_has_a_chart(pane):
    page = pane("lang=en&example=two_layer_mlp")
    expect(page.locator(".js-plotly-plot .scatterlayer path.js-line")).to_have_count(1)
    expect(page.get_by_role("heading", name="Round by round: loss")).to_be_visible()

    page = pane("lang=en&example=detach")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)


def test_without_codemirror_a_text_area_runs_programs_as_well(server, visit, chromium):
    forgiven = "codemirror|ERR_FAILED"
    page = visit(f"{server.url}/?page=lessons&lang=en", ready="heading", forgive=forgiven)
    page.route("**/vendor/codemirror.js*", lambda route: route.abort())
    page.get_by_role("link", name="Playground").click()
    area = page.locator("textarea")
    expect(area).to_have_value(re.compile("binary_cross_entropy"))

    area.fill("print(6 * 7)")
    area.press("Control+Enter")

    expect(page.locator("[data-key='slide printed'] pre")).to_have_text("42")
    expect(area).to_have_accessible_name(SAY("editor"))
    area.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
