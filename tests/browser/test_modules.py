"""How the views get to a browser: as files, and never older ones than the page."""

import os
import shutil
import time

import pytest
from playwright.sync_api import expect

import texts
from tests.conftest import SAID_WITHOUT_A_SERVER, wait_until
from tests.harness.serving import ROOT, Server

# Seven days: a browser that is told nothing else keeps a file for a tenth of its age.
AGE = 7 * 24 * 3600


@pytest.fixture
def renewable(tmp_path):
    """A server of a copy of the app whose static/ may be changed."""
    for entry in ROOT.iterdir():
        if entry.name not in ("static", ".git"):
            (tmp_path / entry.name).symlink_to(entry)
    static = tmp_path / "static"
    shutil.copytree(ROOT / "static", static)
    age(static)
    server = Server(str(tmp_path / "app.py"), environment={"PYTHONPATH": str(tmp_path)})
    yield server, static
    server.stop()


def age(static):
    before = time.time() - AGE
    for path in static.rglob("*"):
        os.utime(path, (before, before))


def fetched(page):
    """How many files of static/ came over the network, of how many that were asked for."""
    asked = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(({ name }) => name.includes('/app/static/')).map((one) => one.transferSize)"
    )
    return sum(size > 0 for size in asked), len(asked)


def test_files_are_fetched_once_and_after_an_update_anew(renewable, visit):
    server, static = renewable
    page = visit(f"{server.url}/?lang=en", forgive=SAID_WITHOUT_A_SERVER, fresh=True)
    expect(page.locator(".boxes > g").first).to_be_visible()
    # The editor's bundle waits for the Playground, and two are sent.
    loaded = (path for path in static.rglob("*") if path.is_file())
    own = [path for path in loaded if path.parent.name not in ("vendor", "saved")]
    files = len(own) - 2
    assert fetched(page)[0] == files

    page.reload()
    expect(page.locator(".boxes > g").first).to_be_visible()
    assert fetched(page)[0] == 0

    # What is opened later runs what is there now, and so does the open page at its next run.
    server.stop()
    place = static / "graph_view" / "place.js"
    place.write_text(place.read_text() + "\nglobalThis.renewed = true;\n")
    age(static)
    server.start()

    later = page.context.new_page()
    later.goto(page.url)
    expect(later.locator(".boxes > g").first).to_be_visible()
    assert later.evaluate("globalThis.renewed")
    later.close()
    page.get_by_text("日本語").click()
    wait_until(page, "globalThis.renewed", 30)
    expect(page.locator(".boxes > g").first).to_be_visible()


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_file_that_is_missing_is_told_in_a_sentence(renewable, visit, lang):
    server, static = renewable
    (static / "matrix.js").unlink()

    page = visit(f"{server.url}/?lang={lang}", ready="alert", forgive="404|Failed to fetch")

    sentence = texts.for_page("frame", lang)("part_failed")
    expect(page.get_by_text(sentence).first).to_be_visible()


def test_a_file_is_served_as_what_it_is(server, chromium):
    answer = chromium.new_context().request.get(f"{server.url}/app/static/main.js")

    assert answer.status == 200
    assert "javascript" in answer.headers["content-type"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_that_no_other_page_holds_does_not_hear_itself(server, visit):
    page = visit(f"{server.url}/?lang=en")
    wait_until(page, "window.autogradExplorer.mount !== undefined")
    page.evaluate("""() => {
      window.heard = [];
      addEventListener("message", ({ data }) => heard.push(data.type ?? data));
      postMessage({ stCommVersion: 1, type: "SET_QUERY_PARAM" }, "*");
      postMessage("of another", "*");
    }""")
    page.locator("#n_in").press("ArrowRight")
    wait_until(page, "new URLSearchParams(location.search).get('n_in') !== null")
    assert page.evaluate("heard") == ["of another"]
