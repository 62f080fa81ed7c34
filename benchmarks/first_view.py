"""How soon a graph can be used in a browser: 5,001 nodes over the seed graph's six.

    python -m benchmarks.first_view

Starts a server of its own, opens both pages in turns in headless Chromium, and takes the time
from the click on the link until the last box stands. Needs the developers' requirements and a
system Chromium.
"""

import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROUNDS = 9
ROOT = Path(__file__).parent.parent


def start(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/graph_page.py"]
    command += ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            return server
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def first_view(page: Page, url: str) -> float:
    """Milliseconds until every box that will be shown is there."""
    start = time.perf_counter()
    page.goto(url)
    page.locator(".boxes > g").nth(5).wait_for()
    page.locator(".legend li").last.wait_for()
    return (time.perf_counter() - start) * 1e3


def main() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(port)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            url = f"http://127.0.0.1:{port}/?layers="
            times: dict[int, list[float]] = {0: [], 1_000: []}
            for layers in times:
                first_view(page, f"{url}{layers}")  # warm
            for _ in range(ROUNDS):
                for layers, taken in times.items():
                    taken.append(first_view(page, f"{url}{layers}"))
            browser.close()
    finally:
        server.kill()
    seed, large = (statistics.median(taken) for taken in times.values())
    print(f"first view, 5,001 nodes over the seed graph: {large / seed:.2f}")
    print(f"({large:.0f} and {seed:.0f} ms)")


if __name__ == "__main__":
    main()
