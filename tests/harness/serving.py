"""Real servers in processes of their own, and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
# As root, Chromium needs --no-sandbox; the rest keeps it from calling out.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
STREAMLIT = ("-m", "streamlit")
PATIENCE = 60


class Server:
    """A script in a process of its own, as `streamlit run` starts it; it can be started again.

    .url   where it answers, on loopback
    .log   everything it has written, once it has ended
    """

    def __init__(
        self,
        script: str = "app.py",
        arguments: Sequence[str] = (),
        launcher: Sequence[str] = STREAMLIT,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.script = script
        self.arguments = arguments
        self.launcher = launcher
        self.environment = os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {})
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = ""
        self.start()

    def start(self) -> None:
        """Returns once it answers. Raises TimeoutError with its log if it does not."""
        # A file, not a pipe: a pipe that nobody reads would hold up a talkative server.
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [
                *(sys.executable, *self.launcher, "run", self.script, "--server.headless=true"),
                *(f"--server.port={self.port}", "--server.address=127.0.0.1", *self.arguments),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_healthy():
                return
            time.sleep(0.02)
        raise TimeoutError(self.stop())

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):  # noqa: S310
                return True
        except OSError:
            return False

    def stop(self) -> str:
        """Kill it with -9, if it is not ended yet; everything it has written so far."""
        self.process.kill()
        self.process.wait()
        if not self._output.closed:
            self.log += self.output()
            self._output.close()
        return self.log

    def output(self) -> str:
        """What it has written since it was last started."""
        self._output.seek(0)
        return self._output.read()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running_server(
    script: str = "app.py", arguments: Sequence[str] = (), launcher: Sequence[str] = STREAMLIT
) -> Iterator[Server]:
    server = Server(script, arguments, launcher)
    try:
        yield server
    finally:
        server.stop()


def chromium_path() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def running_chromium(*more: str) -> Iterator[Browser]:
    """With further arguments, if any are given."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *more]
        )
        yield browser
        browser.close()
