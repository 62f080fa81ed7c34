"""A class on one server: sessions that each move a dial about every 4 s, spread over all pages.

    python -m benchmarks.load            10, 50, 100 and 200 students
    python -m benchmarks.load 200 120    so many, for so many seconds, twice

The class and the server share the machine. Times are what a student waits for, from the move to
the last message; memory and processor time are the server's.
"""

import asyncio
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.latency import percentile
from benchmarks.serving import Server, running_server
from benchmarks.students import PAGES, Failed, Student, classroom, student

EVERY = 4.0
SECONDS = 30.0
AFTER = 5.0


@dataclass
class Report:
    """What happened in a class; times in seconds, memory in megabytes."""

    arrivals: list[float] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    cpu: float = 0.0
    seconds: float = 0.0
    before: float = 0.0
    peak: float = 0.0
    after: float = 0.0

    def p95(self) -> float:
        return percentile(sorted(self.moves), 0.95)


def memory(server: Server) -> float:
    """Resident memory."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def processor(server: Server) -> float:
    """Seconds of processor time so far."""
    parts = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


async def warm_up(server: Server) -> None:
    """Every page once, so that what is loaded at first use is no part of the measurement."""
    for number in range(len(PAGES)):
        one = student(server.url, number)
        await one.arrive()
        await one.move()
        await one.leave()


async def keep_moving(one: Student, until: float, report: Report) -> None:
    await asyncio.sleep(random.uniform(0, EVERY))  # noqa: S311
    while time.monotonic() < until:
        start = time.monotonic()
        try:
            report.moves.append(await one.move())
        except Failed as failure:
            report.failures.append(f"{one.page}: {failure}")
            return
        # As people do, not to the beat: who met once by chance would meet until the end.
        every = random.uniform(0.75, 1.25) * EVERY  # noqa: S311
        await asyncio.sleep(max(0.0, every - (time.monotonic() - start)))


async def hold_class(
    server: Server, students: list[Student], seconds: float = SECONDS, after: float = 0.0
) -> Report:
    """All arrive at once, move for so many seconds, and leave."""
    report = Report(before=memory(server))
    async with classroom(students) as report.arrivals:
        start, busy = time.monotonic(), processor(server)
        watch = asyncio.create_task(watch_memory(server, report))
        until = start + seconds
        await asyncio.gather(*(keep_moving(one, until, report) for one in students))
        report.seconds, report.cpu = time.monotonic() - start, processor(server) - busy
        watch.cancel()
    await asyncio.sleep(after)
    report.after = memory(server)
    return report


async def watch_memory(server: Server, report: Report) -> None:
    while True:
        report.peak = max(report.peak, memory(server))
        await asyncio.sleep(0.5)


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
