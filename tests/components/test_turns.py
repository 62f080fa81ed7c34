import sys
import threading
import time

import pytest

import autograd_explorer as ax
from autograd_explorer.language.budget.limits import Limits
from components.turns import Turns


def test_turns_are_taken_in_the_order_of_arrival():
    turns, order = Turns(), []

    def take(number):
        with turns:
            order.append(number)

    with turns:
        threads = [threading.Thread(target=take, args=(number,)) for number in range(5)]
        for thread in threads:
            thread.start()
            while len(turns.waiting) < threads.index(thread) + 1:
                time.sleep(0.001)
    for thread in threads:
        thread.join(5)

    assert order == [0, 1, 2, 3, 4]


@pytest.fixture
def as_in_the_server():
    """boot.py's switch interval. A program lets go of Python's lock for a moment in each of its
    slices, and that sets back the clock by which a waiting thread may ask for it: with Python's
    own interval of 5 ms, as long as a slice, the others would hardly ever come to ask."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("as_in_the_server")
def test_a_long_program_lets_others_go_first_and_still_ends_in_its_own_time():
    turns, waits = Turns(), []
    limits = Limits(seconds=1.0, turns=10**9, statements=10**9)
    ended = threading.Event()

    def hostile():
        with turns, ax.pausing(turns.pass_on):
            run = ax.run("while True:\n    pass", limits)
            assert run.error.key == "seconds"
        ended.set()

    thread = threading.Thread(target=hostile)
    thread.start()
    time.sleep(0.2)
    while not ended.is_set():
        start = time.monotonic()
        with turns:
            waits.append(time.monotonic() - start)
        time.sleep(0.02)
    thread.join()

    assert len(waits) > 10
    assert sorted(waits)[len(waits) // 2] < 0.1


def test_nobody_pauses_while_holding_the_default_generator():
    paused = []
    source = (
        "import torch\n"
        "class M(torch.nn.Module):\n"
        "    def forward(self, x):\n"
        "        for i in range(3000):\n"
        "            x = x + 1\n"
        "        return x\n"
        "m = torch.nn.Sequential(torch.nn.Dropout(0.5), M())\n"
        "m(torch.ones(2))\n"
    )
    from autograd_explorer.language.budget.randomness import DEFAULT_IN_USE

    with ax.pausing(lambda: paused.append(DEFAULT_IN_USE._is_owned())):
        run = ax.run(source)

    assert run.error is None
    assert not any(paused)
