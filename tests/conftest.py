"""A real server and a real Chromium. In CI neither may be missing; elsewhere tests are skipped."""

import os
import re
import time
from contextlib import suppress

# As in boot.py, and before torch is imported: two threads add up in another order than one does.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from playwright.sync_api import Error, expect

from components import runs
from components.address import MARKS
from tests.harness.browsers import SHARING, Contexts
from tests.harness.meter import METER
from tests.harness.serving import chromium_path, running_chromium, running_server
from tests.harness.thinning import stays

expect.set_options(timeout=15_000)  # CI's machine may be busy


ALL_DONE = ".".join(MARKS)
# Chromium's words, and Streamlit's own where a restart takes longer than it waits.
SAID_WITHOUT_A_SERVER = (
    "WebSocket|ERR_|Failed to load|server is not responding|No response received"
)


def page_breadth(page):
    """How broad the page is; more than the screen, and it could be scrolled sideways."""
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")


def editor_text(page):
    """The program in the editor, without what stands beside its lines."""
    return page.locator(".cm-content").evaluate(
        """content => [...content.querySelectorAll(".cm-line")].map((line) => {
          const bare = line.cloneNode(true);
          bare.querySelectorAll(".note, .told").forEach((note) => note.remove());
          return bare.textContent;
        }).join("\\n")"""
    )


def expect_editor(page, text, seconds=20.0):
    """Wait until this is the program in the editor."""
    deadline = time.monotonic() + seconds
    while (shown := editor_text(page)) != text:
        assert time.monotonic() < deadline, shown
        page.wait_for_timeout(20)


def wait_until(page, script, seconds=20.0):
    """Wait until a script of ours is true on the page.

    Playwright's own way to wait has the page run text, which its policy forbids; to ask is allowed.
    """
    deadline = time.monotonic() + seconds
    while True:
        with suppress(Error):  # the page may be on its way to itself
            if page.evaluate(script):
                return
        assert time.monotonic() < deadline, script
        page.wait_for_timeout(20)


@pytest.hookimpl(tryfirst=True)  # before marks are asked for
def pytest_collection_modifyitems(items):
    """A browser on a busy machine may be late once: what fails there is tried once more, and the
    summary says so with an R. What fails twice has failed.

    Of a test that is marked as thinned, some cases stay and the others are for `make soak`.
    """
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))
        thinned = item.get_closest_marker("thinned")
        if thinned and not stays(item, *thinned.args):
            item.add_marker(pytest.mark.soak)


@pytest.fixture(autouse=True)
def nothing_has_run(monkeypatch):
    """Each test begins as a server does: no program of ours has run for anybody."""
    monkeypatch.setattr(runs, "shared", runs.SharedRuns())
    monkeypatch.setattr(runs, "endings", {})


@pytest.fixture(scope="session")
def server():
    with running_server() as server:
        yield server
        log = server.stop()
    # A part that fails says so to a reader; a test would not look for it.
    assert "could not be drawn" not in log, log


@pytest.fixture
def cold_server():
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    if chromium_path() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and in CI no browser test may be skipped")
        pytest.skip("Chromium is not installed")
    with running_chromium(SHARING) as browser:
        yield browser


@pytest.fixture(scope="session")
def contexts(chromium):
    return Contexts(chromium)


@pytest.fixture
def visit(chromium, contexts):
    """visit(url, …) → page, each in a browser of its own until it is closed; at the end nothing may
    stand in any page's console.

    script   JavaScript that runs before the page's own
    forgive  what may stand there after all, as a pattern: while a server is down, for example
    fresh    whether the browser starts without the files that earlier visits have fetched
    """
    own, lent = [], []
    complaints = []

    def open_page(
        url,
        *,
        width=1280,
        height=800,
        scheme="light",
        locale="en-US",
        touch=False,
        motion="no-preference",
        ready="slider",
        forgive=None,
        script="",
        fresh=False,
    ):
        def listen(message):
            told = message.type in ("error", "warning")
            if told and not (forgive and re.search(forgive, message.text)):
                complaints.append(message.text)

        kind = {"locale": locale, "has_touch": touch}
        if fresh or not url.startswith("http"):
            context = chromium.new_context(**kind)
            own.append(context)
        else:
            context = contexts.lend(url, **kind)
            lent.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion=motion)
        page.add_init_script(METER + script)
        page.set_default_timeout(20_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        page.get_by_role(ready).first.wait_for()
        return page

    yield open_page
    for context in own:
        context.close()
    for context in lent:
        for page in context.pages[1:]:
            page.close()
    assert not complaints
