"""What an update of a lesson costs the server, as a ratio to the Explorer's.

    python -m benchmarks.lesson_updates

Every page, all revealed, is run again and again through Streamlit's own script runner with n_in
going up and down, in turns, in one process; medians. The browser's share is not in it.
"""

import statistics
import time
from pathlib import Path

import torch
from streamlit.testing.v1 import AppTest

from autograd_explorer.process import freeze_heap
from components import address

ROUNDS = 25
APP = str(Path(__file__).parent.parent / "app.py")


def opened(page: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = page
    app.query_params["done"] = ".".join(address.MARKS)
    return app.run()


def seconds(app: AppTest, n_in: int) -> float:
    app.query_params["n_in"] = str(n_in)
    start = time.perf_counter()
    app.run()
    return time.perf_counter() - start


def main() -> None:
    torch.set_num_threads(1)
    pages = {page: opened(page) for page in ("explorer", *address.LESSONS, "playground")}
    freeze_heap()
    times: dict[str, list[float]] = {page: [] for page in pages}
    for turn in range(ROUNDS):
        for page, app in pages.items():
            times[page].append(seconds(app, 4 + turn % 3))
    base = statistics.median(times["explorer"])
    for page, taken in times.items():
        print(f"{page:<12} {statistics.median(taken) / base:.2f}")


if __name__ == "__main__":
    main()
