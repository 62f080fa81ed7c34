"""A program that never ends, on servers whose watchdog waits for 4 s instead of 15."""

import asyncio
import json
import re
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import parse_qsl

import pytest

from components.address.packing import pack
from tests.harness.serving import ROOT, Server
from tests.harness.students import Failed, Student, classroom
from tests.serving.stuck_streamlit import HANGS, HOLDS, PATIENCE
from tests.serving.test_class import LINKS, run, shown

pytestmark = pytest.mark.alone

PROGRAM = pack("import torch\nx = torch.ones(3, requires_grad=True)\n(x * x).sum().backward()\n")
PLACES = [
    *LINKS[:2],
    "lang=en&page=museum&exhibit=second_backward&done=second_backward&fixed=on",
    f"lang=en&page=playground&code={PROGRAM}&select=node-1",
]
RESTART = 15  # seconds at most, on a busy machine; alone it takes 4


DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


@contextmanager
def stuck_server():
    """With the settings of the image."""
    server = Server(
        launcher=("-m", "tests.serving.stuck_streamlit"),
        environment=dict(re.findall(r"^ENV (STREAMLIT_\w+)=(\w+)$", DOCKERFILE, re.MULTILINE)),
    )
    try:
        yield server
    finally:
        server.stop()


def takes_a_turn(server, seconds="9"):
    """Whether the image's own health check is content, if it waits for so long."""
    (command,) = re.findall(r"^HEALTHCHECK [^[]*(\[.*\])$", DOCKERFILE, re.MULTILINE)
    command = command.replace("8501", str(server.port)).replace("timeout=9", f"timeout={seconds}")
    _, *arguments = json.loads(command)
    return subprocess.run([sys.executable, *arguments], stderr=subprocess.PIPE).returncode == 0


@asynccontextmanager
async def running(server, program):
    """Somebody runs it, and does not come back when the connection breaks."""
    culprit = Student(server.url, {"page": "playground", "lang": "en"})
    await culprit.arrive()
    going = asyncio.create_task(culprit.run(program))
    await asyncio.sleep(0.5)
    yield
    await asyncio.wait([going])
    assert isinstance(going.exception(), Failed)
    await culprit.leave()


async def served(server):
    """Come back until there is a first screen."""
    while True:
        reader = Student(server.url, {"lang": "en"})
        try:
            async with classroom([reader]):
                return reader.screen()
        except (Failed, OSError):
            await asyncio.sleep(0.1)


async def culprit_comes_back(server):
    """The page whose link carries the program connects again, like all others."""
    code = pack(HANGS)
    async with classroom([Student(server.url, {"page": "playground", "lang": "en", "code": code})]):
        start = time.monotonic()
        again = Student(server.url, {"page": "playground", "lang": "en", "code": code})
        await again.arrive()
        await again.leave()
        return time.monotonic() - start


def test_a_turn_that_never_ends_restarts_the_server_in_place_and_every_page_comes_back(visit):
    async def hang(server):
        start = time.monotonic()
        async with running(server, HANGS):
            assert await asyncio.to_thread(server.is_healthy)  # and yet nobody is served
            assert not await asyncio.to_thread(takes_a_turn, server, "2")
            await served(server)
            return time.monotonic() - start

    with stuck_server() as server:
        assert takes_a_turn(server)
        forgive = "ERR_|WebSocket|fetch|[Ss]erver"  # while it is away
        pages = [
            visit(f"{server.url}/?{link}", ready="heading", forgive=forgive) for link in PLACES
        ]
        for page in pages:
            page.evaluate("meter.rest(600)")
        before = [shown(page) for page in pages]

        seconds = run(hang(server))

        assert seconds < PATIENCE + 2 + RESTART
        for page, seen in zip(pages, before, strict=True):
            page.wait_for_function("meter.sockets > 1", timeout=40_000)
            page.evaluate("meter.rest(1000)")
            assert shown(page) == seen
        assert takes_a_turn(server)
        assert run(culprit_comes_back(server)) < PATIENCE  # and is told why it does not run
        assert takes_a_turn(server)
        assert server.process.poll() is None  # the same process by its number
        log = server.stop()
    assert log.count("watchdog: for 4 s a turn has given no sign of life") == 1
    assert "stuck_streamlit.py" in log  # where it stood
    assert log.count("Uvicorn server started") == 2


def test_where_no_thread_can_look_the_process_ends_and_every_page_comes_back():
    async def hold(server, readers):
        async with classroom(readers):
            screens = [one.screen() for one in readers]
            async with running(server, HOLDS):
                assert not await asyncio.to_thread(server.is_healthy)
                return screens, await asyncio.to_thread(server.process.wait, PATIENCE + 7)

    async def come_back(readers):
        async with classroom(readers):
            return [one.screen() for one in readers]

    with stuck_server() as server:
        readers = [Student(server.url, dict(parse_qsl(link))) for link in PLACES]
        before, code = run(hold(server, readers))
        assert code == 1
        log = server.stop()
        assert "Timeout (0:00:09)!" in log and "stuck_streamlit.py" in log

        server.start()  # as whoever keeps it running does

        assert run(come_back(readers)) == before
