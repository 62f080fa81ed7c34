"""From a key pressed on a slider to a page at rest, as ratios to a bare page in the same run.

    python -m benchmarks.latency

Real servers and a headless Chromium. A page is at rest when for 150 ms nothing has arrived, no
DOM node has changed, in shadow roots neither, and no long task has run; that wait is not
counted. Each page takes turns with the bare one, so that a noisy
moment hits both.
"""

import statistics
import sys
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from benchmarks.timed_streamlit import MARK
from components import address
from tests.harness.load import percentile
from tests.harness.meter import METER
from tests.harness.serving import Server, running_chromium, running_server

ROUNDS = 25
WARM = 4
ARROWS = ("ArrowRight", "ArrowLeft")
# What is pressed on pages that have no slider for n_in.
MOVED = {
    "museum": (".st-key-fix button", ("Enter", "Enter")),
    "deep": ("#seed", ("ArrowUp", "ArrowDown")),
    "playground": (".cm-content", ("Control+Enter", "Control+Enter")),
}


@dataclass
class Case:
    """A page to measure: its name, its address, and how it is moved.

    .before  keys that are pressed first, and are no part of what is measured
    """

    name: str
    query: str
    slider: str = "#n_in"
    keys: tuple[str, str] = ARROWS
    before: tuple[str, str] | None = None
    measured: list[dict[str, float]] = field(default_factory=list)

    def times(self, name: str) -> list[float]:
        return sorted(one[name] for one in self.measured)


def cases() -> list[Case]:
    # The museum without an exhibit has nothing to press; to other pages an exhibit says nothing.
    done = "lang=en&exhibit=not_scalar&done=" + ".".join(address.MARKS)
    return [
        Case("explorer, 5×3", done),
        Case("explorer, a number", done, "table[aria-label^='w ('] td:not(.blank)", ("+", "-")),
        Case("explorer, 64×64", f"{done}&n_in=63&n_out=64"),
        *(
            Case(page, f"{done}&page={page}", *MOVED.get(page, ("#n_in", ARROWS)))
            for page in (*address.LESSONS, "playground")
        ),
        # A node and one of its edges in turns.
        Case(
            "playground, a node",
            "lang=en&page=playground&example=two_layer_mlp",
            "svg[role=group] [tabindex='0']",
            ("Enter", "Enter"),
            ("ArrowLeft", "ArrowRight"),
        ),
    ]


def opened(browser: Browser, url: str, case: Case) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(METER)
    page.goto(url)
    page.locator(case.slider).first.wait_for(state="attached")
    page.evaluate("meter.rest(500)")
    return page


def press(page: Page, case: Case, turn: int, server: Server) -> dict[str, float]:
    page.bring_to_front()
    if case.slider == "#n_in":  # a new seed: numbers seen before are not sent again
        page.locator("#seed").press("ArrowUp")
        page.evaluate("meter.rest(150)")
    page.locator(case.slider).first.focus()
    if case.before:
        page.keyboard.press(case.before[turn % 2])
    page.wait_for_timeout(150)  # the ring around what has the focus is painted too
    page.evaluate("meter.rest(150)")
    page.evaluate("meter.armed = true")
    page.keyboard.press(case.keys[turn % 2])
    times: dict[str, float] = page.evaluate("meter.rest(150)")
    scripts = [line for line in server.output().splitlines() if line.startswith(MARK)]
    return {**times, "script": float(scripts[-1].removeprefix(MARK)) * 1000}


def main() -> None:
    wanted = sys.argv[1:]
    chosen = [case for case in cases() if not wanted or case.name in wanted]
    timed = ("-m", "benchmarks.timed_streamlit")
    print("| page | p50 | p95 | sent | script | served | text | settled | kB |")
    print("|---|---|---|---|---|---|---|---|---|")
    with (
        running_server("benchmarks/bare_page.py", launcher=timed) as bare_server,
        running_server(launcher=timed) as server,
        running_chromium() as browser,
    ):
        for case in chosen:
            bare = Case("bare", "", "input[type=range]")
            pair = ((bare, bare_server), (case, server))
            pages = [opened(browser, f"{host.url}/?{one.query}", one) for one, host in pair]
            for turn in range(WARM + ROUNDS):
                for (one, host), page in zip(pair, pages, strict=True):
                    times = press(page, one, turn, host)
                    if turn >= WARM:
                        one.measured.append(times)
            for page in pages:
                page.context.close()
            print(row(case, bare), flush=True)


def row(case: Case, bare: Case) -> str:
    """Ratios to the bare page's time to rest: its median, and for p95 its p95."""
    low, high = statistics.median(bare.times("settled")), percentile(bare.times("settled"), 0.95)
    p50 = statistics.median(case.times("settled")) / low
    p95 = percentile(case.times("settled"), 0.95) / high
    parts = ("sent", "script", "served", "first", "settled")
    shares = " | ".join(f"{statistics.median(case.times(part)) / low:.2f}" for part in parts)
    sent = statistics.median(case.times("bytes")) / 1000
    return f"| {case.name} | {p50:.2f} | {p95:.2f} | {shares} | {sent:.0f} |"


if __name__ == "__main__":
    main()
