"""A real server and a real Chromium. In CI neither may be missing; elsewhere tests are skipped."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
# As root, Chromium needs --no-sandbox; the rest keeps it from calling out.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


expect.set_options(timeout=15_000)  # CI's machine may be busy


class Server:
    """A script in a process of its own, as `streamlit run` starts it."""

    def __init__(self, script="app.py", arguments=()):
        self.script = script
        self.arguments = arguments
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = ""
        self.start()

    def start(self):
        command = [sys.executable, "-m", "streamlit", "run", self.script, "--server.headless=true"]
        command += [f"--server.port={self.port}", "--server.address=127.0.0.1", *self.arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(self.stop())

    def stop(self):
        """End it, if it is not ended yet; everything it has written so far."""
        if self.process.poll() is None:
            self.process.kill()
            self.log += self.process.communicate()[0]
        return self.log


@contextmanager
def running_server(script="app.py", arguments=()):
    server = Server(script, arguments)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def server():
    with running_server() as server:
        yield server


@pytest.fixture
def cold_server():
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing, and in CI no browser test may be skipped")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """visit(url, …) → page; at the end nothing may stand in any page's console."""
    contexts = []
    complaints = []

    def listen(message):
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def open_page(
        url,
        *,
        width=1280,
        height=800,
        scheme="light",
        locale="en-US",
        touch=False,
        ready="slider",
    ):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        page.get_by_role(ready).first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
