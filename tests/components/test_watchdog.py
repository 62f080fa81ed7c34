import sys
import threading
import time
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from autograd_explorer.language.budget.limits import DEFAULT
from components.server import running_server
from components.turns import Turns
from components.watchdog import EVERY, PATIENCE, Watch

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def watch():
    turns = Turns()
    watch = Watch(turns)
    with turns:
        watch.look()
        for looks in range(1, 4):
            watch.look()
            assert watch.silent == looks * EVERY
        yield turns, watch
    watch.look()
    assert watch.silent == 0  # nobody has the turn


def test_a_long_program_gives_signs_of_life_also_when_nobody_waits(watch):
    turns, watch = watch

    turns.pass_on()
    watch.look()

    assert watch.silent == 0


def test_imports_are_a_sign_of_life(watch, monkeypatch):
    _, watch = watch

    monkeypatch.setitem(sys.modules, "one_more", ModuleType("one_more"))
    watch.look()

    assert watch.silent == 0


def test_many_short_turns_are_no_long_one():
    turns = Turns()
    watch = Watch(turns)
    for _ in range(100):
        with turns:
            watch.look()

    assert watch.silent == 0


def test_a_turn_that_was_handed_over_counts_from_there():
    turns = Turns()
    watch, ended = Watch(turns), threading.Event()

    def keep():
        with turns:
            ended.wait(5)

    with turns:
        other = threading.Thread(target=keep)
        other.start()
        while not turns.waiting:
            time.sleep(0.001)
        for _ in range(5):
            watch.look()
        assert watch.silent == 4 * EVERY
    watch.look()
    assert watch.silent == 0 and turns.holder == other.ident
    watch.look()
    assert watch.silent == EVERY
    ended.set()
    other.join()


def test_it_leaves_a_program_all_its_time_and_as_much_again():
    assert 2 * core_seconds() < PATIENCE


def core_seconds():

    return DEFAULT.seconds


def test_no_test_of_a_page_is_watched():
    page = AppTest.from_file(APP, default_timeout=60).run()

    assert not page.exception
    assert "boot" in sys.modules
    assert running_server() is None
    assert "watchdog" not in [thread.name for thread in threading.enumerate()]
