"""A class on two replicas behind nginx."""

import urllib.request
from pathlib import Path

from playwright.sync_api import expect

from tests.conftest import SAID_WITHOUT_A_SERVER
from tests.harness.students import classroom, student
from tests.serving.test_class import LINKS, run, shown


def cookie_from(url):
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        return answer.headers["Set-Cookie"].partition(";")[0]


def test_readers_are_spread_over_replicas_and_a_lost_one_gives_them_to_the_other(own_nginx, visit):
    server, replicas = own_nginx
    link = f"{server.url}/?{LINKS[0]}"

    async def lose_one():
        students = [student(server.url, number) for number in range(24)]
        for one in students:
            one.cookies = cookie_from(server.url)
        async with classroom(students):
            for one in students:
                await one.move()
            screens = [one.screen() for one in students]
            before = connections(replicas)
            replicas[0].stop()
            for one in students:
                await one.leave()
                await one.arrive()
            after = connections(replicas)
            assert [one.screen() for one in students] == screens
            for one in students:
                await one.move()
        return before, after

    page = visit(link, forgive=f"{SAID_WITHOUT_A_SERVER}|fetch|50[234]")
    page.evaluate("meter.rest(600)")
    seen = shown(page)
    before, after = run(lose_one())

    assert min(before) >= 4, before
    assert after[0] == 0 and after[1] >= 24
    # Lost or not, the page stands as it did and goes on.
    page.reload()
    page.locator("#n_in").wait_for()
    page.evaluate("meter.rest(600)")
    assert shown(page) == seen
    page.locator("#n_in").press("ArrowRight")
    expect(page.get_by_role("table", name="w.grad (8, 2)")).to_be_visible()


def connections(replicas):
    """How many connections each replica has accepted and still holds."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    held = [int(row[1].partition(":")[2], 16) for row in rows if row[3] == "01"]
    return [held.count(replica.port) for replica in replicas]


def test_nginx_sends_the_headers_and_keeps_a_reader_on_one_replica(nginx):
    server, _ = nginx
    with urllib.request.urlopen(server.url) as answer:  # noqa: S310
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"  # and no version

    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    again = urllib.request.Request(server.url, headers={"Cookie": cookie.partition(";")[0]})  # noqa: S310
    with urllib.request.urlopen(again) as answer:  # noqa: S310
        assert answer.headers["Set-Cookie"] is None
