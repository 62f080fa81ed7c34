"""A script in a process of its own: whatever becomes of it is an answer, and nothing else is touched."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import autograd_explorer as ax
from autograd_explorer import script, script_job
from autograd_explorer.records import Sample
from autograd_explorer.wire import BadMessage, TooLarge, packed, unpacked_holder

BEGIN = "import os, signal, sys, time\nimport torch\nw = torch.ones(2, requires_grad=True)\n"
BEGIN += "(w * w).sum().backward()\nprint('so far', w.grad.tolist())\n"
AT = len(BEGIN.splitlines()) + 1


@pytest.fixture
def run(tmp_path):
    def run_it(text, *arguments, **options):
        file = tmp_path / "mine.py"
        file.write_text(text, encoding="utf-8")
        return ax.run_script(file, arguments, **options)

    return run_it


class Clock:
    """The clock of whoever waits for a script; .late in seconds. Time limits are reached by it,
    because a busy machine may take any time to come to where a script hangs."""

    sleep = staticmethod(time.sleep)

    def __init__(self):
        self.late = 0

    def monotonic(self):
        return time.monotonic() + self.late

    def once(self, is_reached):
        """A report, by which the limit is over once something is reached."""

        def report(progress):
            if is_reached(progress):
                self.late = script.SECONDS

        return report


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(script, "time", made)
    return made


def alive(pid):
    """Whether a process is there, and is not only waiting to be asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def expect_gone(pid):
    deadline = time.monotonic() + 60
    while alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_script_sees_what_it_would_see_without(run, tmp_path):
    text = "import sys, os, neighbour\nprint(sys.argv, __name__, os.path.basename(__file__), os.getcwd())\n"
    text += "print(sys.stdin.read(), neighbour.x, 'é学')\n"
    (tmp_path / "neighbour.py").write_text("x = 3\n")
    seen = run(text, "--rate", "0.1")
    plain = subprocess.run(
        [sys.executable, tmp_path / "mine.py", "--rate", "0.1"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert seen.run.error is None
    assert seen.run.printed == plain.stdout


def test_the_environment_is_the_one_that_is_given(run):
    seen = run(
        "import os\nprint(os.environ.get('ONE'), 'PATH' in os.environ)", environment={"ONE": "1"}
    )

    assert seen.run.printed == "1 False\n"


@pytest.mark.parametrize(
    "text, key, type_, kind",
    [
        ("1 / 0", "", "ZeroDivisionError", "torch"),
        ("sys.exit(3)", "", "SystemExit", "torch"),
        ("os._exit(0)", "exit", "exit code 0", "ended"),
        ("os._exit(7)", "exit", "exit code 7", "ended"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "script_signal", "SIGSEGV", "ended"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "script_signal", "SIGKILL", "ended"),
        ("os.abort()", "script_signal", "SIGABRT", "ended"),
    ],
)
def test_however_it_ends_the_line_is_known_and_what_it_printed(run, text, key, type_, kind):
    seen = run(BEGIN + text)
    error = seen.run.error

    assert (error.kind, error.key, error.type, error.line) == (kind, key, type_, AT)
    assert seen.run.printed.startswith("so far [2.0, 2.0]\n")
    assert seen.passes == (kind == "torch")


def test_an_end_as_it_should_be_is_none(run):
    assert run(BEGIN + "sys.exit()").run.error is None


def test_what_is_no_python_says_where(run):
    error = run("x = 1\ny = = 2\n").run.error

    assert (error.kind, error.type, error.line) == ("syntax", "SyntaxError", 2)


def test_an_error_in_another_file_stands_on_the_line_that_led_there(run, tmp_path):
    (tmp_path / "other.py").write_text("def f():\n\n\n    return 1 / 0\n")
    seen = run("import other\n\nother.f()\n")

    assert seen.run.error.line == 3
    assert "other.py" in seen.run.printed and "autograd_explorer" not in seen.run.printed


def test_one_that_hangs_is_stopped_and_what_was_seen_of_it_is_told(run, clock):
    hangs = clock.once(lambda progress: progress.line >= AT)
    seen = run(BEGIN + "while True:\n    time.sleep(0.01)\n", report=hangs)

    assert (seen.run.error.kind, seen.run.error.key) == ("limit", "seconds")
    assert seen.run.error.line in (AT, AT + 1)
    assert seen.passes == 1 and seen.run.graph is not None


def test_one_that_will_not_be_stopped_is_ended_with_all_that_it_started(run, clock, monkeypatch):
    monkeypatch.setattr(script, "_GRACE", 0.5)
    text = (
        "import os, signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\npid = os.fork()\n"
    )
    text += "os.write(1, b'%d\\n' % os.getpid())\nwhile True:\n    time.sleep(1)\n"
    seen = run(text, report=clock.once(lambda progress: progress.printed.count("\n") == 2))
    pids = [int(word) for word in seen.run.printed.split()]

    assert seen.run.error.key == "seconds" and seen.passes == 0
    assert len(pids) == 2
    for pid in pids:
        expect_gone(pid)


def test_a_reader_stops_it(run):
    told = []

    def report(progress):
        told.append(progress)
        if progress.printed:
            raise ax.StopRun

    seen = run(BEGIN + "while True:\n    time.sleep(0.01)\n", report=report)

    assert (seen.run.error.kind, seen.run.error.key) == ("ended", "stopped")
    assert seen.passes == 1
    assert told[-1].line >= AT - 1 and told[-1].seconds > 0


def test_what_was_seen_of_it_is_told_however_long_that_takes(run, monkeypatch):
    has_ended = script._Running._has_ended

    def busy(running, seconds):
        if seconds != script._GRACE:
            return has_ended(running, seconds)
        while not running._over.exists():
            time.sleep(0.01)
        return False

    def report(progress):
        if progress.printed:
            raise ax.StopRun

    monkeypatch.setattr(script._Running, "_has_ended", busy)
    seen = run(BEGIN + "while True:\n    time.sleep(0.01)\n", report=report)

    assert (seen.run.error.key, seen.passes) == ("stopped", 1)


def test_whatever_else_a_report_raises_ends_it_and_is_passed_on(run):
    told = []

    def report(progress):
        told.append(progress.printed)
        if progress.printed:
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        run("import os, time\nprint(os.getpid())\ntime.sleep(600)\n", report=report)
    expect_gone(int(told[-1]))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is looked at on Linux")
def test_one_that_takes_all_memory_is_ended(run):
    text = (
        BEGIN
        + "held = []\nwhile True:\n    held.append(torch.ones(5_000_000))\n    time.sleep(0.01)\n"
    )
    seen = run(text, memory=2**30)

    assert (seen.run.error.kind, seen.run.error.key) == ("limit", "script_memory")
    assert seen.run.printed.startswith("so far")


def test_of_endless_printing_the_beginning_and_the_end_are_kept(run):
    seen = run("for i in range(60_000):\n    print('line', i)\nprint('é' * 3)\n")
    printed = seen.run.printed

    assert printed.startswith("line 0\nline 1\n") and printed.endswith(
        "line 59999\néée\n".replace("éée", "ééé")
    )
    assert 100_000 <= len(printed) < 100_100


def test_what_lies_in_other_files_is_told_with_their_names(run, tmp_path):
    (tmp_path / "model.py").write_text(
        "import torch\n\n\ndef net(x, w):\n    return (x @ w).argmax().float() + 0 * w.sum()\n"
    )
    text = "import torch\nfrom model import net\nw = torch.ones(2, 2, requires_grad=True)\n"
    seen = run(text + "loss = net(torch.ones(1, 2), w)\nloss.backward()\n")

    files = {node.file for node in seen.run.graph.nodes}
    assert "model.py:5" in files
    assert all((node.line is None) == bool(node.file) for node in seen.run.graph.nodes)
    assert {finding.file for finding in seen.findings if finding.line} <= {"", "model.py"}


def test_a_sample_of_a_large_tensor_arrives_with_its_summary(run):
    seen = run(
        "import torch\nw = torch.ones(200, 100, requires_grad=True)\n(w * 2).sum().backward()\n"
    )
    (leaf,) = [node for node in seen.run.graph.nodes if node.kind == "leaf"]

    assert isinstance(leaf.upstream[0], Sample)
    assert leaf.upstream[0].summary.shape == (200, 100)
    assert leaf.upstream[0].summary.norm == pytest.approx(2 * 20_000**0.5)
    assert not leaf.upstream[0].flags.writeable


def test_what_is_too_large_comes_without_the_first_passes(run, monkeypatch):
    seen = run(
        "import torch\nfor i in range(3):\n    w = torch.ones(2, requires_grad=True)\n    w.sum().backward()\n"
    )
    refusing = 1

    def packed_or_not(watched):
        nonlocal refusing
        refusing -= 1
        if refusing >= 0:
            raise TooLarge
        return packed(watched)

    monkeypatch.setattr(script_job, "packed", packed_or_not)
    less = unpacked_holder(ax.Watched, script_job._packed(seen), seen.run.source)

    assert len(seen.run.backwards) == 3 and less.numbers == (2,)
    assert less.run.graph is less.run.backwards[0]
    refusing = 2
    least = unpacked_holder(ax.Watched, script_job._packed(seen), seen.run.source)
    assert least.run.graph is None and "too_large" in least.unseen
    assert len(least.run.statements) == len(seen.run.statements)


def test_an_answer_that_is_none_is_not_believed(run):
    text = BEGIN + (
        "place = [a for a in sys.orig_argv if 'autograd-explorer-' in a][0]\n"
        "open(place + '/answer', 'wb').write(b'cos\\nsystem')\nos._exit(0)\n"
    )
    seen = run(text)

    assert (seen.run.error.kind, seen.run.error.key) == ("ended", "exit")


def test_another_program_than_the_one_that_was_sent_is_refused(run):
    seen = run("x = 1\n")

    with pytest.raises(BadMessage):
        unpacked_holder(ax.Watched, packed(seen), "x = 2\n")


def test_a_script_that_is_not_there_cannot_be_run(tmp_path):
    with pytest.raises(FileNotFoundError):
        ax.run_script(tmp_path / "none.py")


def test_a_process_ends_with_the_one_that_started_it(tmp_path):
    if sys.platform != "linux":
        pytest.skip("only Linux ends a process with its parent")
    file = tmp_path / "mine.py"
    pid = tmp_path / "pid"
    file.write_text(
        f"import os, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    )
    code = f"import autograd_explorer as ax; ax.run_script({str(file)!r})"
    parent = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    expect_gone(int(pid.read_text()))
