"""A class on one server; the long versions stand in test_soak.py."""

import asyncio
import statistics
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import SAID_WITHOUT_A_SERVER, wait_until
from tests.harness.load import hold_class, warm_up
from tests.harness.serving import running_server
from tests.harness.students import PAGES, Student, classroom, student


def run(coroutine):
    """In a thread of its own: the browser's loop is running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


NOISE = {
    "python": "while True:\n    pass",
    "numbers": "import torch\nx = torch.ones(1000, 1000)\nwhile True:\n    y = torch.sin(x) * x",
}


def test_a_cold_server_takes_50_arrivals_in_the_same_second():
    async def rush(url):
        students = [student(url, number) for number in range(50)]
        async with classroom(students):
            for one in students:
                assert one.screen() or one.page == "lessons", one.page

    with running_server() as server:
        run(rush(server.url))
        log = server.stop()

    assert "Traceback" not in log and "Error" not in log


@pytest.fixture(scope="module")
def warm_server():
    with running_server() as server:
        run(warm_up(server))
        yield server


@pytest.mark.alone
def test_a_class_moves_without_an_error_on_any_page(warm_server):
    students = [student(warm_server.url, number) for number in range(2 * len(PAGES))]

    report = run(hold_class(warm_server, students, seconds=8))

    assert report.failures == []
    assert len(report.moves) >= 2 * len(students) * 0.8
    assert report.p95() < 0.5


def test_what_one_student_does_is_no_other_students_business(server):
    async def together():
        mine, yours = (Student(server.url, {"lang": "en"}) for _ in range(2))
        async with classroom([mine, yours]):
            before = yours.screen()
            await mine.turn(n_in=9)
            assert mine.query["n_in"] == "9"
            assert mine.data("dials")["values"]["n_in"] == 9
            assert yours.screen() == before

    run(together())


@pytest.mark.alone
@pytest.mark.parametrize("noise", NOISE)
def test_a_hostile_program_costs_the_others_no_more_than_their_time_again(warm_server, noise):
    """Medians: on a busy machine p95 is a matter of luck in so few moves. The soak takes p95."""

    async def measure(program):
        hostile = Student(warm_server.url, {"page": "playground"})
        students = [student(warm_server.url, number) for number in range(22)]
        await hostile.arrive()
        going = asyncio.create_task(hostile.run(program)) if program else None
        await asyncio.sleep(0.3)
        async with classroom(students):
            times = []
            for one in students:
                if going and going.done():
                    going = asyncio.create_task(hostile.run(program + "  # again"))
                times.append(await one.move())
        if going:
            await going
        await hostile.leave()
        return statistics.median(times)

    ratios = []
    for _ in range(3):
        quiet = run(measure(None))
        ratios.append(run(measure(NOISE[noise])) / quiet)
        if ratios[-1] <= 2:
            return
    raise AssertionError(ratios)


LINKS = [
    "lang=en&n_in=7&n_out=2&seed=9&select=node-3",
    "lang=ja&page=backward&done=backward&step=3&n_in=4",
    "lang=en&page=playground&example=two_layer_mlp&select=line-3",
]


def shown(page):
    """What a reader sees, in shadow roots too, and where."""
    text = """() => {
      const read = (node) => [...node.childNodes].map((child) =>
        child.nodeType === 3 ? child.textContent.trim()
        : ["SCRIPT", "STYLE"].includes(child.nodeName) ? ""
        : read(child.shadowRoot ?? child)).filter(Boolean).join("|");
      return read(document.querySelector("[data-testid=stMain]"));
    }"""
    return page.evaluate(text), parse_qs(urlsplit(page.url).query)


def test_killed_with_9_and_started_again_every_browser_shows_what_it_showed(visit):
    with running_server() as server:
        pages = [
            visit(
                f"{server.url}/?{link}", ready="heading", forgive=f"{SAID_WITHOUT_A_SERVER}|fetch"
            )
            for link in LINKS
        ]
        for page in pages:
            page.evaluate("meter.rest(600)")
        pages[0].locator("#n_in").press("ArrowRight")
        expect(pages[0].get_by_role("table", name="w.grad (8, 2)")).to_be_visible()
        pages[0].evaluate("meter.rest(600)")
        before = [shown(page) for page in pages]

        server.stop()
        server.start()

        for page, (text, query) in zip(pages, before, strict=True):
            wait_until(page, "meter.sockets > 1", 40)
            page.evaluate("meter.rest(1000)")
            assert shown(page) == (text, query)
        pages[0].locator("#n_in").press("ArrowRight")
        expect(pages[0].get_by_role("table", name="w.grad (9, 2)")).to_be_visible()
