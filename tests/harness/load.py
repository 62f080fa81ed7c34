"""A class on one server: sessions that each move a dial about every 4 s, and what that takes.

The class and the server share the machine. Times are what a student waits for, from the move to
the last message; memory is the server's and its workers', processor time the server's.
"""

import asyncio
import os
import random
import re
import time
from contextlib import suppress
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
    """What the server and all processes that it has started hold; pages that they share count
    once, as Linux's proportional set size has it."""
    total = 0
    for pid in _family(server.process.pid):
        with suppress(OSError, ValueError):  # it has ended meanwhile
            (line,) = re.findall(r"^Pss: +(\d+)", _proc(pid, "smaps_rollup"), re.MULTILINE)
            total += int(line)
    return total / 1024


def processor(server: Server) -> float:
    """Seconds of processor time so far, of the server alone."""
    parts = _proc(server.process.pid, "stat").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    """A process, its children and theirs."""
    found = [pid]
    for one in found:  # the list grows while it is walked
        with suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
    return found


def _proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


async def warm_up(server: Server) -> None:
    """Every page once, so that what is loaded at first use is no part of the measurement; and until
    all workers stand ready, as each takes memory."""
    for number in range(len(PAGES)):
        one = student(server.url, number)
        await one.arrive()
        await one.move()
        await one.leave()
    held = 0.0
    while abs(memory(server) - held) > 1:
        held = memory(server)
        await asyncio.sleep(3)


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
