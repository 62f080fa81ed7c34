"""From `streamlit run` to the first painted numbers, over what cannot be avoided: the imports of
the four packages, plus a bare Streamlit page's own way to its first paint.

    python -m benchmarks.startup
"""

import statistics
import subprocess
import sys
import time

from playwright.sync_api import Browser

from tests.harness.serving import ROOT, running_chromium, running_server

ROUNDS = 7
IMPORTS = "import torch, streamlit, plotly, pandas"


def importing() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True)
    return time.perf_counter() - start


def painting(browser: Browser, script: str, number: str) -> float:
    """Seconds from the command to the number on the screen of a browser that already runs."""
    start = time.perf_counter()
    with running_server(script) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/?lang=en")
        page.get_by_text(number).first.wait_for()
        seconds = time.perf_counter() - start
        page.close()
    return seconds


def main() -> None:
    imports, bare, app = [], [], []
    with running_chromium() as browser:
        for _ in range(ROUNDS):
            imports.append(importing())
            bare.append(painting(browser, "benchmarks/bare_page.py", "n = 5"))
            app.append(painting(browser, "app.py", "2.2493"))
    base = statistics.median(imports) + statistics.median(bare)
    print(f"first numbers / (imports + bare first paint) = {statistics.median(app) / base:.2f}")


if __name__ == "__main__":
    main()
