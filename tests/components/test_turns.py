import threading
import time

import pytest

import autograd_explorer as ax
from components.runs import run_apart, run_of
from components.turns import TURNS, Turns


def test_turns_are_taken_in_the_order_of_arrival():
    turns, order = Turns(), []

    def take(number):
        with turns.taken():
            order.append(number)

    with turns.taken():
        threads = [threading.Thread(target=take, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
            while len(turns.waiting) < threads.index(thread) + 1:
                time.sleep(0.001)
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4]


def test_who_keeps_the_server_busy_lets_all_others_go_first(monkeypatch):
    now = 1000.0
    monkeypatch.setattr("components.turns.time.monotonic", lambda: now)
    turns, order = Turns(), []
    # Within the first second of use nobody is told apart: it is the order of arrival that counts.
    for reader, seconds in (("busy", 2.5), ("busier", 4.5), ("a class's", 0.9)):
        with turns.taken(reader):
            now += seconds

    def take(reader):
        with turns.taken(reader):
            order.append(reader)

    readers = ["busier", "busy", "a class's", "new"]
    with turns.taken("first"):
        threads = [threading.Thread(target=take, args=(reader,)) for reader in readers]
        for count, thread in enumerate(threads, 1):
            thread.start()
            while len(turns.waiting) < count:
                time.sleep(0.001)
    for thread in threads:
        thread.join(5)

    assert order == ["a class's", "new", "busy", "busier"]


def test_long_work_lets_nobody_go_first_who_keeps_the_server_busier(monkeypatch):
    now = 1000.0
    monkeypatch.setattr("components.turns.time.monotonic", lambda: now)
    turns, order = Turns(), []
    with turns.taken("busy"):
        now += 2.5

    def take(reader):
        with turns.taken(reader):
            order.append(reader)

    threads = []

    def wait_as(reader):
        threads.append(threading.Thread(target=take, args=(reader,)))
        threads[-1].start()
        while len(turns.waiting) < 1:
            time.sleep(0.001)

    with turns.taken("mine"):
        wait_as("busy")
        turns.pass_on()
        order.append("mine")
    threads[0].join(5)
    with turns.taken("mine"):
        wait_as("new")
        turns.pass_on()
        order.append("mine again")
    threads[1].join(5)

    assert order == ["mine", "busy", "new", "mine again"]


def test_who_only_waits_lets_the_others_go_first_and_then_waits_for_its_turn():
    turns, order = Turns(), []
    waiting, may_end = threading.Event(), threading.Event()

    def waits():
        with turns.taken():
            order.append("begins")
            with turns.given_up():
                waiting.set()
                may_end.wait(5)
            order.append("goes on")
            assert turns.holder == threading.get_ident()

    thread = threading.Thread(target=waits)
    thread.start()
    waiting.wait(5)
    with turns.taken():  # it is free, although the other has not ended
        order.append("another")
        may_end.set()
        time.sleep(0.05)
        order.append("the other one still")
    thread.join(5)

    assert order == ["begins", "another", "the other one still", "goes on"]
    assert turns.holder is None


def test_a_turn_is_taken_back_also_when_the_wait_fails():
    turns = Turns()

    with turns.taken():
        with pytest.raises(KeyError), turns.given_up():
            raise KeyError
        assert turns.holder == threading.get_ident()
    assert turns.holder is None


def test_who_has_no_turn_can_wait_as_well():
    turns = Turns()

    with turns.given_up():
        assert turns.holder is None
    assert turns.holder is None


def test_nobody_has_a_turn_while_a_readers_program_runs(monkeypatch):
    holders = []
    monkeypatch.setattr("streamlit.session_state", {})

    def run(source, **options):
        holders.append(TURNS.holder)
        return here(source)

    here = ax.run
    monkeypatch.setattr("autograd_explorer.run", run)
    with TURNS.taken():
        run_of("x = 1")
        run_apart("x = 2")

    assert holders == [threading.get_ident(), None]
