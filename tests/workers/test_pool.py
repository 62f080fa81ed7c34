"""A pool whose workers crash, hang, lie and are killed."""

import gc
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograd_explorer.workers import Ending, GiveUp, Pool
from autograd_explorer.workers.nursery import can_fork
from tests.workers.conftest import Plain

SEGFAULT = "page.at(7)\npage.printed('so far')\nctypes.string_at(0)"
FOREVER = "page.at(3)\npage.printed('so far')\nwhile True: pass"
SLEEPS = "page.at(3)\npage.printed('so far')\nprint(os.getpid())\ntime.sleep(60)"


def processes():
    """Numbers of all processes that this one has started, and their children."""
    found, parents = set(), {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    queue = [os.getpid()]
    while queue:
        one = queue.pop()
        inner = [pid for pid, parent in parents.items() if parent == one]
        found.update(inner)
        queue += inner
    return found


def workers_of(plain):
    """Those that have a worker's parent: the zygote's children."""
    zygote = plain.pool._nursery._zygote.pid
    children = Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split()
    return {int(pid) for pid in children}


def test_it_answers(plain):
    assert plain.say("print(6 * 7)") == "42"


def test_a_crash_is_an_answer_with_what_was_said_before(plain):
    answer = plain.ask(SEGFAULT)

    assert answer.ending is Ending.CRASHED and answer.signal == signal.SIGSEGV
    assert (answer.line, answer.printed) == (7, "so far")
    assert plain.say("print(1)") == "1"


@pytest.mark.parametrize("how", ["os.abort()", "ctypes.CDLL(None).abort()", "os._exit(3)"])
def test_other_ends_are_answers_too(how, plain):
    assert plain.ask(how).ending is Ending.CRASHED
    assert plain.say("print(1)") == "1"


@pytest.mark.alone
@pytest.mark.parametrize(
    "source",
    [FOREVER, SLEEPS, "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass"],
)
def test_what_does_not_end_is_ended(source, plain):
    plain.say("print()")  # until a worker is ready
    start = time.monotonic()
    answer = plain.ask(source, seconds=0.5)

    assert answer.ending is Ending.TOO_LONG
    assert time.monotonic() - start < 1.5
    if "page" in source:
        assert (answer.line, answer.printed) == (3, "so far")


@pytest.mark.alone
def test_a_worker_whose_program_is_over_may_take_longer_to_answer(plain):
    packs = "page.at(3)\npage.over()\ntime.sleep(1)\nprint('packed')"

    assert plain.say(packs, seconds=0.3, packing=5.0) == "packed"
    assert plain.ask(packs, seconds=0.3).ending is Ending.TOO_LONG
    start = time.monotonic()
    late = plain.ask(packs.replace("sleep(1)", "sleep(60)"), seconds=0.3, packing=0.3)
    assert late.ending is Ending.TOO_LONG and time.monotonic() - start < 1.5
    # Another program has not ended because the one before it had.
    assert plain.ask(SLEEPS, seconds=0.3, packing=5.0).ending is Ending.TOO_LONG


def test_killed_from_outside_in_the_middle_it_says_so_and_the_next_one_works(plain):
    before = workers_of(plain) if plain.say("print(1)") else set()

    with ThreadPoolExecutor(1) as thread:
        going = thread.submit(plain.ask, SLEEPS)
        time.sleep(0.5)
        for pid in workers_of(plain) | before:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        answer = going.result()

    assert answer.ending is Ending.KILLED and answer.signal == signal.SIGKILL
    assert (answer.line, answer.printed) == (3, "so far")
    assert plain.say("print(1)") == "1"


def test_all_that_stood_ready_may_have_been_killed_before_anybody_saw_it(plain, monkeypatch):
    take, taken = plain.pool._take, []

    def take_and_kill(report):
        worker = take(report)
        taken.append(worker)
        if len(taken) <= plain.pool.size:
            worker.handle.kill()
        return worker

    monkeypatch.setattr(plain.pool, "_take", take_and_kill)

    assert plain.say("print(1)") == "1"
    assert len(taken) == plain.pool.size + 1


@pytest.mark.alone
@pytest.mark.parametrize(
    "lie",
    [
        "c = sys.modules['multiprocessing.connection'].Connection(3)\nc.send_bytes(b'?')",
        "sent = b'\\xff' * 100\nos.write(3, sent)\ntime.sleep(60)",
        "os.write(3, b'\\x7f\\xff\\xff\\xff')\ntime.sleep(60)",
        "os.write(3, b'\\x00\\x00\\x01\\x00d')\ntime.sleep(60)",  # the beginning of an answer
        "c = sys.modules['multiprocessing.connection'].Connection(3)\nc.send_bytes(b'p-1e999')",
        "page.at(2**31 - 1)\npage._memory[4:8] = b'\\xff' * 4\nos.abort()",
    ],
)
def test_what_is_no_message_of_a_workers_ends_it(lie, plain):
    start = time.monotonic()
    answer = plain.ask(lie, seconds=1.0)

    assert answer.ending in (Ending.CRASHED, Ending.TOO_LONG, Ending.KILLED), answer
    assert time.monotonic() - start < 2.5
    assert plain.say("print(1)") == "1"


@pytest.mark.alone
def test_what_a_report_raises_ends_the_work_at_once(plain):
    class Clicked(Exception):
        pass

    def report(count):
        raise Clicked

    start = time.monotonic()
    with pytest.raises(Clicked):
        plain.ask(SLEEPS, seconds=20, report=report)
    assert time.monotonic() - start < 1
    assert plain.say("print(1)") == "1"


@pytest.mark.alone
def test_progress_is_reported(plain):
    counts = []
    source = "for i in range(5):\n    report(i * 10)\n    time.sleep(0.12)"

    plain.say(source, report=counts.append)

    assert counts == sorted(counts) and 40 in counts


@pytest.mark.alone
def test_no_more_than_its_size_work_at_once_and_who_used_little_comes_first():
    plain = Plain(Pool("tests.workers.plain_python", size=1))
    order = []

    def asks(reader, source):
        plain.ask(source, reader=reader)
        order.append(reader)

    try:
        plain.ask("time.sleep(0.3)", reader="greedy")
        with ThreadPoolExecutor(4) as threads:
            threads.submit(asks, "first", "time.sleep(0.5)")
            time.sleep(0.2)
            threads.submit(asks, "greedy", "pass")
            time.sleep(0.1)
            threads.submit(asks, "new", "pass")
    finally:
        plain.pool.close()

    assert order == ["first", "new", "greedy"]


def test_who_asks_again_and_again_is_made_to_wait(plain, monkeypatch):
    """An hour, for which this test does not wait: the others do not have to."""
    monkeypatch.setattr("autograd_explorer.workers.pool._AT_ONCE", 2)
    monkeypatch.setattr("autograd_explorer.workers.pool._PER_SECOND", 1 / 3600)

    def leave(count):
        raise GiveUp

    for reader in ("hasty", "hasty", "another", None, None, None):
        assert plain.say("print(1)", reader=reader) == "1"
    assert plain.ask("print(1)", reader="hasty", report=leave).ending is Ending.GIVEN_UP


@pytest.mark.alone
def test_who_waits_for_a_turn_may_go_away():
    plain = Plain(Pool("tests.workers.plain_python", size=1))

    def report(count):
        raise KeyboardInterrupt

    try:
        with ThreadPoolExecutor(1) as thread:
            going = thread.submit(plain.ask, "time.sleep(1)")
            time.sleep(0.5)
            with pytest.raises(KeyboardInterrupt):
                plain.ask("pass", report=report)
            assert not going.done()
        assert plain.say("print(1)") == "1"
    finally:
        plain.pool.close()


@pytest.mark.skipif(not can_fork(), reason="no zygote")
def test_a_lost_zygote_is_replaced(plain):
    plain.say("print(1)")
    os.kill(plain.pool._nursery._zygote.pid, signal.SIGKILL)

    # Its workers end with it; whoever asked one of them is told.
    endings = [plain.ask("print(1)").ending for _ in range(2 * plain.pool.size + 2)]
    assert endings[-1] is Ending.ANSWERED


@pytest.mark.parametrize("forking", [True, False])
def test_a_job_that_cannot_start_is_an_answer(forking):
    pool = Pool("tests.workers.no_such_job", forking=forking)
    try:
        assert pool.ask(b"", 1.0).ending is Ending.NO_WORKER
    finally:
        pool.close()


def test_who_finds_that_another_took_the_worker_waits_for_the_next_one(plain, monkeypatch):
    wait, taken = plain.pool._wait_for, []

    def wait_and_be_late(*args):
        decided = wait(*args)
        if not taken and args[0] == plain.pool._decided:
            with plain.pool._changed:
                taken.extend(plain.pool._ready)
                plain.pool._ready.clear()
                plain.pool._ended.extend(taken)
                plain.pool._changed.notify_all()
        return decided

    monkeypatch.setattr(plain.pool, "_wait_for", wait_and_be_late)

    assert plain.say("print(6 * 7)") == "42"
    assert taken


def test_a_closed_pool_leaves_no_process():
    plain = Plain(Pool("tests.workers.plain_python"))
    plain.say("print(1)")
    its = {plain.pool._nursery._zygote.pid, *workers_of(plain)}
    assert its <= processes()
    plain.pool.close()

    until = time.monotonic() + 30
    while its & processes() and time.monotonic() < until:
        time.sleep(0.1)
    assert not its & processes()
    assert plain.pool.ask(b"", 1.0).ending is Ending.NO_WORKER


def leaks_nothing(plain, times):
    def held():
        gc.collect()
        statm = Path("/proc/self/statm").read_text().split()
        return int(statm[1]) * 4096 / 2**20

    def killed():
        answer = plain.ask("os.abort()")
        assert answer.ending is Ending.CRASHED

    for _ in range(20):
        killed()
    time.sleep(1.0)
    before = len([*Path("/dev/fd").iterdir()]), threading.active_count(), held(), len(processes())
    for _ in range(times):
        killed()
    time.sleep(1.0)
    after = len([*Path("/dev/fd").iterdir()]), threading.active_count(), held(), len(processes())

    assert after[0] <= before[0] and after[1] <= before[1] and after[3] <= before[3], (
        before,
        after,
    )
    assert after[2] - before[2] < 10, (before, after)


def test_a_hundred_ends_leave_nothing_behind(plain):
    leaks_nothing(plain, 100)


@pytest.mark.soak
def test_a_thousand_ends_leave_nothing_behind(plain):
    leaks_nothing(plain, 1000)


def test_without_forking_it_works_as_well(pool_of):
    """As on macOS and Windows, where each worker imports everything by itself."""
    plain = pool_of(forking=False, size=1)

    assert plain.say("print(6 * 7)") == "42"
    answer = plain.ask(SEGFAULT)
    assert answer.ending is Ending.CRASHED
    assert (answer.line, answer.printed) == (7, "so far")
    assert plain.ask(FOREVER, seconds=0.5).ending is Ending.TOO_LONG
    assert plain.say("print(dict(os.environ))") == "{}"
