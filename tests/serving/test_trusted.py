"""--trust on real servers: what a browser may send has nothing run, and Stop stops."""

import os
import time

import pytest
from playwright.sync_api import expect
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.harness.serving import running_server
from tests.serving.test_class import run
from tests.serving.test_forged_messages import TRIGGERS, Forger, packed

SCRIPT = """import os, sys, time
open(sys.argv[1], "a").write("x")
import torch
w = torch.ones(2, requires_grad=True)
(w * w).sum().backward()
print("pid", os.getpid())
time.sleep(float(sys.argv[2]))
"""
KEYS = ("run_script_again", "stop_script", "script", "trusted", "program", "trust")
QUERIES = (
    "page=playground&lang=en",
    "page=playground&lang=en&program=/etc/passwd&trust=1&seconds=1",
    "page=playground&lang=en&trust",
    "page=playground&lang=en&code=" + packed(SCRIPT),
    "page=explorer&program=--trust",
)


@pytest.fixture
def serving(tmp_path):
    """serving(address, seconds) → what makes a server with a trusted script, which leaves an x in
    the file .ran of each time that it ran."""
    file = tmp_path / "mine.py"
    file.write_text(SCRIPT, encoding="utf-8")
    ran = tmp_path / "ran"

    def start(address, seconds=0.0):
        own = ["--", "--program", str(file), "--trust", "--", str(ran), str(seconds)]
        return running_server(arguments=[f"--server.address={address}", *own])

    start.times = lambda: len(ran.read_text()) if ran.exists() else 0
    return start


def forge(server):
    """Ask in every way that comes to mind."""

    async def forge_it():
        forger = Forger(server.url, {"page": "playground", "lang": "en"})
        await forger.arrive()
        for query in QUERIES:
            message = forger.rerun(query_string=query)
            states = message.rerun_script.widget_states.widgets
            for name in (*KEYS, *forger.widgets()):
                for spelled in (
                    name,
                    f"$$ID-{name}",
                    f"$$ID-0123456789abcdef-{name}",
                    TRIGGERS.format(name),
                ):
                    states.append(WidgetState(id=spelled, trigger_value=True))
                    states.append(WidgetState(id=spelled, string_value="/etc/passwd"))
                    states.append(
                        WidgetState(id=spelled, json_trigger_value='[{"event":"run","value":"1"}]')
                    )
            await forger.say(message)
        await forger.leave()

    run(forge_it())


def test_on_a_server_that_others_reach_nothing_runs_it(serving):
    with serving("0.0.0.0") as server:  # noqa: S104
        forge(server)

    assert serving.times() == 0


def test_on_this_machine_alone_it_runs_once_whatever_a_browser_sends(serving):
    with serving("localhost") as server:
        forge(server)
        forge(server)

    assert serving.times() == 1


def test_stop_stops_it_and_what_was_seen_is_shown(serving, visit):
    with serving("127.0.0.1", 600) as server:
        page = visit(f"{server.url}/?page=playground&lang=en", ready="button")
        stop = page.get_by_role("button", name="Stop the script")
        stop.wait_for(timeout=60_000)
        expect(page.get_by_text("pid ")).to_be_visible(timeout=60_000)
        pid = int(page.get_by_text("pid ").inner_text().split("pid ")[1].split()[0])
        expect(page.get_by_text("now on line 7")).to_be_visible()
        stop.click()

        expect(page.get_by_text("You stopped the run").first).to_be_visible(timeout=30_000)
        expect(page.get_by_text("runs here unchanged")).to_be_visible()
        expect(page.get_by_role("button", name="Run the file again")).to_be_visible()
        assert page.locator(".part[data-key^='graph_view']").count() == 1
        deadline = time.monotonic() + 5
        while os.path.exists(f"/proc/{pid}"):  # noqa: PTH110
            assert time.monotonic() < deadline
            time.sleep(0.05)
        page.close()


def test_one_that_dies_takes_nothing_else_down(serving, visit, tmp_path):
    with serving("127.0.0.1", 600) as server:
        page = visit(f"{server.url}/?page=playground&lang=ja", ready="button")
        expect(page.get_by_text("pid ")).to_be_visible(timeout=60_000)
        pid = int(page.get_by_text("pid ").inner_text().split("pid ")[1].split()[0])
        os.kill(pid, 9)

        expect(page.get_by_text("SIGKILL").first).to_be_visible(timeout=30_000)
        assert server.is_healthy()
        page.goto(f"{server.url}/?page=explorer&lang=en")
        page.get_by_role("slider").first.wait_for()
        page.close()
