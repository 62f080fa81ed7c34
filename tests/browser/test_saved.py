"""A saved run, opened from disk: everything of it works, and nothing is asked of anybody."""

import re

import pytest
import torch
from playwright.sync_api import expect

import autograd_explorer as ax
from tests.browser.test_axe import FIND
from tests.browser.test_axe import axe as axe  # a fixture
from tests.conftest import wait_until
from tests.watching.saving import MODEL, NAME, SCRIPT, seen_of

FOLDED = """\
x = torch.ones(2, 3, 4, requires_grad=True)
h = x
for step in range(3):
    h = torch.sin(h).reshape(6, 4).t().reshape(2, 3, 4)
    h = h * 2
    h = h + 1
loss = h.sum()
loss.backward()
"""
ALERTED = "globalThis.alerted = 0; globalThis.alert = () => alerted++;"


@pytest.fixture(scope="module")
def step(tmp_path_factory):
    """The file of a program in two files, what was seen of it, and the variables it has left."""
    folder = tmp_path_factory.mktemp("program")
    with pytest.warns(UserWarning, match="onerror"):
        seen, left = seen_of(folder)
    path = folder / "step.html"
    seen.save(path)
    return path.as_uri(), seen, left


def node(page, name):
    return page.locator(".boxes > g", has_text=name).first


def card(page):
    return page.locator("section.card")


def program(page, text):
    return page.locator("ol li", has_text=text).first


def requests_of(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    return asked


def test_a_node_shows_its_card_and_lights_its_line_without_a_request(step, visit):
    url, _, left = step
    page = visit(url)
    asked = requests_of(page)
    page.reload()
    page.get_by_role("slider").wait_for()

    node(page, "TanhBackward0").click()

    expect(card(page)).to_contain_text("TanhBackward0")
    expect(card(page)).to_contain_text(re.compile(r"model\.py, line \d+ · net"))
    expect(card(page)).to_contain_text("✓")
    expect(program(page, "h = torch.tanh")).to_have_class(re.compile("lit"))
    leaf = node(page, "net.second.bias")
    leaf.click()
    expect(card(page)).to_contain_text(f"{left.net.second.bias.grad.item():+.4f}".replace("-", "−"))
    expect(leaf).to_have_attribute("aria-pressed", "true")
    leaf.click()
    expect(card(page)).to_have_count(0)
    assert asked == [url]


def test_a_line_lights_its_nodes_and_says_what_it_recorded(step, visit):
    page = visit(step[0])

    program(page, "loss = out.pow").get_by_role("button").click()

    expect(node(page, "MeanBackward0")).to_have_class(re.compile("lit"))
    line = SCRIPT.splitlines().index("    loss = out.pow(2).mean()") + 1
    expect(page.get_by_text(f"Line {line} of {NAME} recorded")).to_be_visible()


def test_a_finding_leads_to_its_line_in_another_file(step, visit):
    page = visit(step[0])
    line = next(i for i, text in enumerate(MODEL.splitlines(), 1) if ".item()" in text)

    page.locator(".found").get_by_role("button", name=f"model.py, line {line}").first.click()

    expect(program(page, ".item()")).to_have_class(re.compile("chosen"))
    expect(program(page, ".item()")).to_be_in_viewport()


def test_the_timeline_plays_the_pass_through_both_files(step, visit):
    url, seen, _ = step
    page = visit(url)
    track = page.locator("input[type=range]")

    track.press("Home")
    expect(page.locator(".caption")).to_contain_text(re.compile(r"model\.py, line \d+: .*records"))
    expect(program(page, "h = torch.tanh")).to_have_class(re.compile("now"))
    track.press("End")
    track.press("ArrowLeft")
    expect(page.locator(".boxes > g.filled").first).to_be_visible()
    expect(page.locator(".boxes > g.fired, .boxes > g.firing")).to_have_count(len(seen.graph.order))


def test_the_other_language_says_the_same_of_what_is_chosen(step, visit):
    page = visit(step[0])
    node(page, "TanhBackward0").click()
    page.locator("input[type=range]").press("Home")
    page.wait_for_timeout(600)  # a position that has come to rest is kept

    page.get_by_role("button", name="日本語").click()

    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_role("heading", level=1)).to_contain_text("で autograd がしたこと")
    expect(card(page)).to_contain_text("順伝播での計算")
    expect(page.locator(".caption")).to_contain_text("1 / ")
    expect(page.get_by_role("button", name="日本語")).to_be_focused()
    page.get_by_role("button", name="English").click()
    expect(card(page)).to_contain_text("In the forward pass it computes")
    assert visit(step[0], locale="ja-JP").locator("html").get_attribute("lang") == "ja"


def test_a_fold_opens_where_it_stands(tmp_path, visit):
    seen, _ = seen_of(tmp_path, FOLDED, "fold.py")
    seen.save(tmp_path / "step.html")
    page = visit((tmp_path / "step.html").as_uri())
    fold = page.locator(".boxes > g.fold").first
    boxes = page.locator(".boxes > g")
    before = boxes.count()

    fold.click()

    expect(page.locator(".boxes > g.fold.open")).to_have_count(1)
    wait_until(page, "true")
    assert boxes.count() > before


def test_all_nodes_of_a_large_graph_are_there_and_the_file_is_small(tmp_path, visit):
    torch.manual_seed(0)
    net = torch.nn.Sequential(*[torch.nn.Linear(32, 32) for _ in range(125)])
    with ax.watch() as seen:
        net(torch.randn(8, 32)).mean().backward()
    path = tmp_path / "step.html"
    seen.save(path)
    page = visit(path.as_uri())

    assert len(seen.graph.nodes) >= 500 and path.stat().st_size < 2_000_000
    assert page.locator(".boxes > g").count() <= 30
    search = page.get_by_role("searchbox", name="Find")
    search.fill("net.0.weight")
    search.press("Enter")
    (node,) = [n for n in seen.graph.nodes if n.tensor == "net.0.weight"]
    box = page.locator(f"[data-id=node-{node.id}]").first
    expect(box).to_be_in_viewport()
    box.click()
    expect(card(page)).to_contain_text(f"{node.id} {node.name}")


def test_what_the_program_wrote_is_text_and_no_script_runs_but_the_one(step, visit):
    page = visit(step[0], script=ALERTED, forgive="Content Security Policy|violates")

    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    assert page.locator("img").count() == 0
    page.evaluate(
        """document.body.append(Object.assign(document.createElement("script"), {
          text: "alerted = 9" }))"""
    )
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    assert page.evaluate("alerted") == 0


def test_another_pass_is_chosen_and_shown_in_both_languages(step, visit):
    url, seen, _ = step
    page = visit(url)
    passes = page.get_by_role("combobox", name="Backward pass")
    assert len(passes.locator("option").all()) == seen.passes == 2
    node(page, "TanhBackward0").click()

    passes.select_option(index=0)

    expect(page.get_by_text("This is number 1;")).to_be_visible()
    expect(passes).to_be_focused()
    expect(page.get_by_text("Choose a node or an edge")).to_be_visible()
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_text("これは1回目で")).to_be_visible()
    expect(page.get_by_role("combobox", name="逆伝播")).to_have_value("0")
    node(page, "TanhBackward0").click()
    expect(card(page)).to_contain_text("順伝播での計算")
    page.get_by_role("combobox", name="逆伝播").select_option(index=1)
    expect(page.get_by_text("これは2回目で")).to_be_visible()


def test_the_graph_and_the_tables_can_be_taken_away(step, visit):
    url, seen, _ = step
    page = visit(url)

    def saved(name):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        return download.value.path().read_bytes()

    drawing = saved("Graph as SVG").decode()
    assert drawing.startswith("<svg") and drawing.count("Backward") >= 6
    assert "var(--" not in drawing
    assert saved("Graph as PNG").startswith(b"\x89PNG")
    assert len(saved("Nodes as CSV").splitlines()) == len(seen.graph.nodes) + 1
    assert len(saved("Edges as CSV").splitlines()) == len(seen.graph.edges) + 1
    assert b"net.gain" in saved("Gradients as CSV")


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
def test_axe_finds_nothing(step, visit, axe, locale):
    page = visit(step[0], locale=locale, forgive="Content Security Policy")
    node(page, "TanhBackward0").click()
    page.evaluate(axe)

    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 4000})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(500)
        assert page.evaluate(FIND) == [], (width, scheme)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


def test_a_notebook_that_is_executed_shows_it(tmp_path, visit):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    nbconvert = pytest.importorskip("nbconvert")
    code = (
        "import torch\nimport autograd_explorer as ax\nw = torch.ones(3, requires_grad=True)\n"
        "with ax.watch() as seen:\n    loss = (w * 2).log().sum()\n    loss.backward()\nseen"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    (output,) = notebook.cells[0].outputs
    html, _ = nbconvert.HTMLExporter(template_name="basic").from_notebook_node(notebook)
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{html}", encoding="utf-8")

    assert output["data"]["text/plain"].startswith("Seen(1 backward pass)")
    page = visit(path.as_uri(), ready="document")
    shown = page.frame_locator("iframe")
    shown.locator(".boxes > g", has_text="LogBackward0").click()
    expect(shown.locator("section.card")).to_contain_text("LogBackward0")
    expect(shown.locator("section.card")).to_contain_text("cell 1, line 5")
    expect(shown.locator("ol li", has_text="loss = (w * 2)")).to_have_class(re.compile("lit"))


def test_a_notebook_that_was_saved_is_one(tmp_path, visit):
    nbformat = pytest.importorskip("nbformat")
    seen, _ = seen_of(tmp_path, FOLDED, "fold.py")
    seen.save(tmp_path / "step.ipynb")

    notebook = nbformat.read(tmp_path / "step.ipynb", as_version=4)
    nbformat.validate(notebook)
    (cell,) = notebook.cells
    assert "with ax.watch" in cell.source or "h = torch.sin(h)" in cell.source
    (tmp_path / "frame.html").write_text("<!doctype html>" + cell.outputs[0]["data"]["text/html"])
    page = visit((tmp_path / "frame.html").as_uri(), ready="document")
    expect(page.frame_locator("iframe").locator(".boxes > g").first).to_be_visible()
