"""A class on one server: sessions that each move a dial about every 4 s, and what that takes.

The class and the server share the machine. Times are what a student waits for, from the move to
the last message; memory and processor time are the server's.
"""

import asyncio
import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.serving import Server
from tests.harness.students import PAGES, Failed, Student, classroom, student

EVERY = 4.0


def percentile(times: list[float], share: float) -> float:
    """Of sorted times, the one below which that share of them lies."""
    return times[min(len(times) - 1, int(len(times) * share))]


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
    server: Server, students: list[Student], seconds: float, after: float = 0.0
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
