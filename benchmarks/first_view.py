"""How soon a graph can be used in a browser: 5,001 nodes over the seed graph's six.

    python -m benchmarks.first_view

Starts a server of its own, opens both pages in turns in headless Chromium, and takes the time
from the click on the link until the last box stands. Needs the developers' requirements and a
system Chromium.
"""

import statistics
import time

from playwright.sync_api import Page

from tests.harness.serving import running_chromium, running_server

ROUNDS = 9


def first_view(page: Page, url: str) -> float:
    """Milliseconds until every box that will be shown is there."""
    start = time.perf_counter()
    page.goto(url)
    page.locator(".boxes > g").nth(5).wait_for()
    page.locator(".legend li").last.wait_for()
    return (time.perf_counter() - start) * 1e3


def main() -> None:
    times: dict[int, list[float]] = {0: [], 1_000: []}
    with running_server("benchmarks/graph_page.py") as server, running_chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for turn in range(1 + ROUNDS):
            for layers, taken in times.items():
                milliseconds = first_view(page, f"{server.url}/?layers={layers}")
                if turn:  # the first visits pay for what later ones find ready
                    taken.append(milliseconds)
    seed, large = (statistics.median(taken) for taken in times.values())
    print(f"first view, 5,001 nodes over the seed graph: {large / seed:.2f}")
    print(f"({large:.0f} and {seed:.0f} ms)")


if __name__ == "__main__":
    main()
