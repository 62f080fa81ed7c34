"""A class on one server, spread over all pages, moving dials (tests/harness/load.py).

python -m benchmarks.load            10, 50, 100 and 200 students
python -m benchmarks.load 200 120    so many, for so many seconds, twice
"""

import asyncio
import statistics
import sys

from tests.harness.load import Report, hold_class, warm_up
from tests.harness.serving import running_server
from tests.harness.students import Student, student

SECONDS = 30.0
AFTER = 5.0


def rates(report: Report) -> tuple[float, float]:
    """Reruns a second, and reruns a second of processor time."""
    return len(report.moves) / report.seconds, len(report.moves) / max(report.cpu, 0.01)


def main() -> None:
    asked = [float(text) for text in sys.argv[1:]]
    sizes = [int(asked[0])] * 2 if asked else [10, 50, 100, 200]
    seconds = asked[1] if len(asked) > 1 else SECONDS
    with running_server("benchmarks/bare_page.py") as server:
        bare = [Student(server.url, {"page": "bare"}) for _ in range(50)]
        plain = rates(asyncio.run(hold_class(server, bare, SECONDS)))[1]
    print("| students | first screen, last | p50 ms | p95 ms | failed | reruns/s | cores | rate |")
    print("|---|---|---|---|---|---|---|---|")
    with running_server() as server:
        asyncio.run(warm_up(server))
        for size in sizes:
            students = [student(server.url, number) for number in range(size)]
            report = asyncio.run(hold_class(server, students, seconds, AFTER))
            rate, per_core = rates(report)
            p50, p95 = statistics.median(report.moves) * 1000, report.p95() * 1000
            print(
                f"| {size} | {max(report.arrivals):.1f} s | {p50:.0f} | {p95:.0f}"
                f" | {len(report.failures)} | {rate:.1f} | {report.cpu / report.seconds:.2f}"
                f" | {per_core / plain:.2f} |"
                f" memory {report.before:.0f} → {report.peak:.0f} → {report.after:.0f} MB",
                flush=True,
            )
            for failure in sorted(set(report.failures))[:5]:
                print("   ", failure)


if __name__ == "__main__":
    main()
