import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

import texts
from components.address import EXAMPLES
from components.address.packing import pack
from tests.conftest import editor_text, expect_editor, page_breadth, wait_until
from tests.harness.serving import running_server

EXAMPLE_BRANCH = Path("pages/play/examples/branch.py").read_text(encoding="utf-8")
PROGRAM = """import torch
w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w * w).sum()
loss.backward()
print(w.grad)
"""


LONG = """import torch
print("begun")
x = torch.ones(900, 900)
for i in range(90_000):
    y = x @ x
"""


@pytest.fixture
def play(server, visit):
    def open_page(**options):
        query = options.pop("query", "lang=en")
        page = visit(f"{server.url}/?page=playground&{query}", ready="textbox", **options)
        page.locator(".cm-content").wait_for()  # until then it is a plain text area
        return page

    return open_page


def area(page):
    return page.get_by_role("textbox", name=re.compile("Program|プログラム"))


def line(page, text):
    return page.locator(".cm-line", has_text=text)


def output(page):
    return page.locator("[data-key='slide printed'] pre")


def test_a_typed_program_runs_with_ctrl_enter_and_everything_follows(play):
    page = play()

    area(page).fill(PROGRAM)
    expect(page.get_by_text("Edited: the results are from before.")).to_be_visible()
    area(page).press("Control+Enter")

    expect(output(page)).to_contain_text("tensor([2., 4.])")
    expect(page).to_have_url(re.compile("code="))
    expect(page.locator(".boxes > g", has_text="SumBackward0")).to_be_visible()
    expect(line(page, "loss.backward()")).to_contain_text("added to w.grad")
    page.locator(".boxes > g", has_text="MulBackward0").click()
    expect(page.locator("section.card")).to_contain_text("grad")


def test_a_line_with_an_emoji_is_shown_whole(play):
    page = play()

    area(page).fill("x = 1  # 🙂🙂 seen to the end")
    area(page).press("Control+Enter")

    expect(page.locator(".cm-line .comment")).to_have_text("# 🙂🙂 seen to the end")


def test_typing_indents_after_a_colon_and_with_tab_and_escape_leads_out(play):
    page = play()
    area(page).fill("")

    area(page).press_sequentially("for i in range(2):\nprint(i)\n")
    area(page).press("Tab")
    area(page).press_sequentially("# deeper")

    assert editor_text(page) == "for i in range(2):\n    print(i)\n        # deeper"
    area(page).press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(output(page)).to_contain_text("0")


def test_an_error_is_marked_on_its_line_with_pytorchs_words_and_ours(play):
    page = play()

    area(page).fill("import torch\nx = torch.ones(2, requires_grad=True)\n\nx.backward()\nprint(1)")
    page.get_by_role("button", name="Run").click()

    expect(page.locator(".callout.wrong")).to_have_text(
        "grad can be implicitly created only for scalar outputs"
    )
    expect(page.get_by_text("backward() starts with a gradient of 1")).to_be_visible()
    expect(page.locator(".cm-gutterElement.failed")).to_have_text("4")
    expect(page.locator(".cm-line.failed")).to_contain_text("x.backward()")
    expect(page.locator(".told.wrong")).to_contain_text("RuntimeError: grad can be implicitly")


def test_a_shared_link_brings_the_program_back_in_another_browser(play, visit):
    page = play()
    area(page).fill(PROGRAM)
    area(page).press("Control+Enter")
    expect(page).to_have_url(re.compile("code="))

    other = visit(page.url, ready="textbox")

    expect(other.locator(".cm-content")).to_be_visible()
    expect_editor(other, PROGRAM)
    expect(output(other)).to_contain_text("tensor([2., 4.])")


def test_back_brings_the_program_before_back(play):
    page = play()
    area(page).fill("print('first')")
    area(page).press("Control+Enter")
    expect(output(page)).to_contain_text("first")
    area(page).fill("print('second')")
    area(page).press("Control+Enter")
    expect(output(page)).to_contain_text("second")

    page.go_back()

    expect(output(page)).to_contain_text("first")
    expect_editor(page, "print('first')")


def test_a_text_too_long_for_a_link_runs_and_says_so(play):
    page = play()
    noise = "".join(chr(97 + (i * i * 7 + i // 3) % 26) for i in range(30_000))

    area(page).fill(f"print('long')\n# {noise}\n# {hash_like()}")
    area(page).press("Control+Enter")

    expect(output(page)).to_contain_text("long")
    expect(page.get_by_text("too long for a link")).to_be_visible()
    expect(page).not_to_have_url(re.compile("code="))


def hash_like():
    import hashlib

    return "".join(hashlib.sha256(bytes([i % 256, i // 256])).hexdigest() for i in range(200))[
        :9000
    ]


@pytest.mark.parametrize("file", ["py", "ipynb"])
def test_a_download_runs_by_itself_and_prints_the_same(play, file):
    page = play()
    area(page).fill(PROGRAM)
    area(page).press("Control+Enter")
    expect(output(page)).to_contain_text("tensor([2., 4.])")
    shown = output(page).inner_text()

    with page.expect_download() as waiting:
        page.get_by_role("button", name=f".{file}", exact=True).click()
    text = waiting.value.path().read_text(encoding="utf-8")
    source = text if file == "py" else "".join(json.loads(text)["cells"][0]["source"])
    done = subprocess.run([sys.executable, "-"], input=source, capture_output=True, text=True)

    assert waiting.value.suggested_filename == f"program.{file}"
    assert done.stdout.strip() == shown.strip()


@pytest.mark.parametrize("lang, width", [("en", 1280), ("ja", 390)])
def test_the_graph_opens_as_a_table_to_search_and_save(play, lang, width):
    say = texts.for_page("tables", lang)
    no_dialog = "delete window.showSaveFilePicker;"  # which only a person could answer
    page = play(query=f"lang={lang}", width=width, script=no_dialog)
    grid = page.get_by_test_id("stDataFrame")
    expect(page.get_by_text(say("open_graph"))).to_be_visible()
    expect(grid).to_have_count(0)

    page.get_by_text(say("open_graph")).click()

    expect(grid).to_be_visible()
    # Drawn on a canvas; what a screen reader is told stands inside of it.
    expect(grid.locator("[role=columnheader]").first).to_have_text(say("head_node"))
    expect(grid.locator("[role=gridcell]", has_text="MmBackward0")).to_have_count(1)
    assert page_breadth(page) <= width
    with page.expect_download() as waiting:
        grid.get_by_role("button", name="Download as CSV").press("Enter")
    rows = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) == 7 and "MmBackward0" in rows[5]


def said(key):
    """As it stands on the page, where code has no marks around it."""
    return texts.for_page("editor", "en")(key).replace("`", "")


def choose(page, name):
    page.get_by_role("button", name="Questions").click()
    page.get_by_role("button", name=said(f"example_{name}")).click()


def test_every_example_opens_by_its_question(play):
    page = play()

    for name in EXAMPLES[1:]:
        choose(page, name)
        expect(page).to_have_url(re.compile(f"example={name}"))
        expect_editor(page, Path(f"pages/play/examples/{name}.py").read_text(encoding="utf-8"))
        expect(page.locator(".question")).to_contain_text(said(f"example_{name}_look"))
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        expect(page.locator(".boxes > g").first).to_be_visible()


@pytest.mark.thinned
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_a_phone_a_program_can_be_run_and_nothing_sticks_out(play, scheme, lang):
    page = play(query=f"lang={lang}", width=390, height=844, touch=True, scheme=scheme)

    area(page).fill(PROGRAM)
    page.get_by_role("button", name=re.compile("^(Run|実行)$")).tap()

    expect(output(page)).to_contain_text("tensor([2., 4.])")
    assert page_breadth(page) <= 390


def test_a_hostile_program_is_stopped_and_the_page_goes_on(play):
    page = play()

    area(page).fill("import os; os.system('true')")
    area(page).press("Control+Enter")
    expect(page.get_by_text("os.system is not available here").first).to_be_visible()
    expect(page.locator(".told.wrong")).to_contain_text("Refused")
    area(page).fill("print('still here')")
    area(page).press("Control+Enter")

    expect(output(page)).to_contain_text("still here")


def test_a_file_named_on_the_command_line_is_opened(tmp_path, visit):
    file = tmp_path / "mine.py"
    file.write_text(PROGRAM, encoding="utf-8")
    with running_server(arguments=["--", "--program", str(file)]) as server:
        page = visit(f"{server.url}/?page=playground&lang=en", ready="textbox")

        page.locator(".cm-content").wait_for()
        expect_editor(page, PROGRAM)
        expect(output(page)).to_contain_text("tensor([2., 4.])")
        page.close()


# By the clock, for an interpreter may become faster.
SLOW = """import time
import torch
end = time.time() + {}
while time.time() < end:
    w = torch.ones(1)
print("{}")
"""


def test_a_long_run_covers_nothing_dims_what_is_old_and_moves_nothing(play):
    page = play()
    page.locator(".boxes > g").first.wait_for()  # results that can be old
    top = page.locator(".editor").bounding_box()["y"]
    language = page.get_by_role("group", name="Language").bounding_box()

    area(page).fill(SLOW.format(3, "at last"))
    area(page).press("Control+Enter")

    stop = page.get_by_test_id("stStatusWidget").get_by_role("button", name="Stop")  # Streamlit's
    stop.wait_for()
    assert stop.bounding_box()["y"] > language["y"] + language["height"]
    expect(page.get_by_role("button", name="Run")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_text("Running…")).to_be_visible()
    wait_until(
        page,
        "getComputedStyle(document.querySelector('[data-key=\"graph_view graph\"]')).opacity < 1",
    )
    expect(output(page)).to_contain_text("at last")
    expect(page.get_by_role("button", name="Run")).to_have_attribute("aria-busy", "false")
    assert page.locator(".editor").bounding_box()["y"] == top


# At each frame until an output is there: what the editor says of the run, or "" while there is none.
SPY = """(awaited) => {
  const spied = (window.spied = []);
  const look = () => {
    const output = document.querySelector("[data-key='slide printed'] pre");
    if (output?.textContent.includes(awaited)) return;
    const editor = [...document.querySelectorAll("*")]
      .map((node) => node.shadowRoot?.querySelector(".editor")).find(Boolean);
    const busy = editor?.querySelector(".run").getAttribute("aria-busy");
    spied.push(editor ? `${busy} ${editor.querySelector(".said").textContent}` : "");
    requestAnimationFrame(look);
  };
  look();
}"""


def test_a_run_asked_for_during_another_is_waited_for_as_any_other(server, visit):
    def change_to(word, seconds):
        area(page).fill(SLOW.format(seconds, word))
        area(page).press("Control+Enter")

    def expect_to_wait_for(word):
        page.evaluate(SPY, word)
        expect(output(page)).to_contain_text(word)
        expect(page.get_by_role("button", name="Run")).to_have_attribute("aria-busy", "false")
        spied = page.evaluate("spied")
        # The editor stands above the output, and may hear of the end a frame before it.
        while spied and spied[-1].startswith("false →"):
            spied.pop()
        # One editor gives way to another, and is not gone for the whole run.
        assert set(spied[len(spied) // 2 :]) - {""} == {"true Running…"}
        assert set(spied) <= {"true Running…", ""}

    # The page's own first run; then one that the reader has asked for.
    first = pack(SLOW.format(4, "first"))
    page = visit(f"{server.url}/?lang=en&page=playground&code={first}", ready="textbox")
    page.locator(".cm-content").wait_for()
    change_to("second", 2)
    expect_to_wait_for("second")
    change_to("third", 4)
    change_to("fourth", 2)
    expect_to_wait_for("fourth")


def workers_of(process):
    """Numbers of the processes that a server's zygote has forked."""
    children = {}
    for line in subprocess.check_output(["/bin/ps", "-eo", "pid,ppid"], text=True).splitlines()[1:]:
        pid, parent = map(int, line.split())
        children.setdefault(parent, []).append(pid)
    return [pid for zygote in children.get(process.pid, ()) for pid in children.get(zygote, ())]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_long_run_tells_how_far_it_is_and_ends_with_a_click(server, visit, lang):
    say, words = texts.for_page("playground", lang), texts.for_page("errors", lang)
    url = f"{server.url}/?lang={lang}&page=playground&code={pack(LONG)}"
    page = visit(url, ready="button")
    page.get_by_text(re.compile(say("turns_so_far", turns=r"[1-9]\d*"))).wait_for()
    begun = time.monotonic()
    page.locator(".st-key-stop_run button").click()

    expect(page.get_by_text(words("ended_stopped"))).to_be_visible(timeout=4000)
    assert time.monotonic() - begun < 4  # by itself it would end after five seconds
    expect(output(page)).to_have_text("begun")  # what it printed until then stays
    expect(page.locator(".st-key-stop_run")).to_have_count(0)
    # And it runs again, when that is asked for.
    area(page).press("Control+Enter")
    expect(page.locator(".st-key-stop_run")).to_be_visible()


def test_another_example_takes_the_place_of_what_still_runs(server, visit):
    page = visit(f"{server.url}/?lang=en&page=playground&code={pack(LONG)}", ready="button")
    page.locator(".st-key-stop_run").wait_for()
    begun = time.monotonic()

    choose(page, "branch")

    expect_editor(page, EXAMPLE_BRANCH)
    assert time.monotonic() - begun < 4


def test_a_worker_killed_in_the_middle_is_a_sentence_and_the_next_run_works(server, visit):
    page = visit(f"{server.url}/?lang=en&page=playground&code={pack(LONG)}", ready="button")
    page.get_by_text(re.compile(r"gone round [1-9]\d* times")).wait_for()  # not before

    for pid in workers_of(server.process):
        os.kill(pid, signal.SIGKILL)

    expect(page.get_by_text(texts.for_page("errors", "en")("ended_killed"))).to_be_visible()
    expect(output(page)).to_have_text("begun")
    area(page).fill(PROGRAM)
    area(page).press("Control+Enter")
    expect(output(page)).to_have_text("tensor([2., 4.])")
    assert server.is_healthy()


DRAWS = """import torch
import matplotlib.pyplot as plt
w = torch.tensor(3.0, requires_grad=True)
losses = []
for step in range(9):
    loss = (w - 1) ** 2
    loss.backward()
    with torch.no_grad():
        w -= 0.2 * w.grad
        w.grad = None
    losses.append(loss.item())
fig, (left, right) = plt.subplots(1, 2)
left.plot(losses, label="<b>loss</b>")
left.legend()
right.imshow(torch.eye(3), cmap="gray")
right.set_title("eye")
plt.show()
"""


@pytest.mark.parametrize(("lang", "scheme"), [("en", "light"), ("ja", "dark")])
def test_what_a_program_draws_is_seen_heard_and_leads_to_its_line(play, lang, scheme):
    say = texts.for_page("charts", lang)
    page = play(query=f"lang={lang}&code={pack(DRAWS)}", scheme=scheme)
    figures = page.locator("[class*=st-key-drawn_1_large]")
    first = figures.locator(".stPlotlyChart").first
    first.locator(".trace.scatter").wait_for()
    figures.locator(".stPlotlyChart").nth(1).locator(".hm").wait_for()

    assert first.locator(".legendtext").text_content() == "<b>loss</b>"
    points = say(
        "drawn_points_of",
        what=f"{say('drawn_line_kind')} <b>loss</b>",
        count="9",
        x_low="0",
        x_high="8",
        y_low=f"{4 * 0.36**8:.4g}",
        y_high="4",
    )
    assert page.get_by_label(points).count() >= 1
    left, right = (figures.locator(".stPlotlyChart").nth(i).bounding_box() for i in (0, 1))
    assert left["y"] == pytest.approx(right["y"], abs=60) and left["x"] < right["x"]
    figures.get_by_text(say("numbers")).first.click()
    expect(figures.get_by_role("cell", name="4", exact=True).first).to_be_visible()

    page.get_by_role("button", name=say("drawn_line", line=17)).click()
    wait_until(page, "location.search.includes('select=line-17')")

    page.set_viewport_size({"width": 390, "height": 844})
    wait_until(
        page, "[...document.querySelectorAll('.stPlotlyChart')].every(c => c.offsetWidth < 390)"
    )
    assert page_breadth(page) == 390
    left, right = (figures.locator(".stPlotlyChart").nth(i).bounding_box() for i in (0, 1))
    assert left["x"] == pytest.approx(right["x"], abs=2) and left["y"] + left["height"] < right["y"]
