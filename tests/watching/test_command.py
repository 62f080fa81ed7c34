"""python -m autograd_explorer: the script's own output and end, and what is shown of it."""

import contextlib
import io
import subprocess
import sys

import pytest

from autograd_explorer import __main__ as command
from autograd_explorer.watching.seen import Seen

TEXT = """import sys
import torch
w = torch.ones(2, requires_grad=True)
(w * w).sum().backward()
print(sys.argv[1:], w.grad.tolist())
"""
FAILS = TEXT + "1 / 0\n"


@pytest.fixture
def script(tmp_path):
    def write(text=TEXT):
        file = tmp_path / "mine.py"
        file.write_text(text)
        return file

    return write


class Terminal:
    """stdout or stderr as at a terminal."""

    def __init__(self, stream):
        self._stream = stream

    def isatty(self):
        return True

    def __getattr__(self, name):
        return getattr(self._stream, name)


@pytest.fixture
def main(monkeypatch, tmp_path):
    """main(arguments, terminal) → the files that were saved, and those that were opened."""

    def run(*given, terminal=False):
        saved, opened = [], []
        with monkeypatch.context() as patched:
            patched.setattr(Seen, "save", lambda seen, path: saved.append(path), raising=False)
            patched.setattr(command.webbrowser, "open", opened.append)
            patched.setattr(sys, "argv", ["-m", *map(str, given)])
            patched.setattr(sys, "path", ["", *sys.path])
            patched.setattr(command.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
            if terminal:
                patched.setattr(sys, "stdout", Terminal(sys.stdout))
                patched.setattr(sys, "stderr", Terminal(sys.stderr))
            try:
                command.main()
            except ZeroDivisionError:
                opened.append("raised")
        return saved, opened

    return run


def test_without_a_terminal_there_is_text_alone(main, script, capsys):
    assert main(script(), "--save", "x") == ([], [])
    told = capsys.readouterr()
    assert told.out == "['--save', 'x'] [2.0, 2.0]\n"
    assert "\nSeen(1 backward pass)" in told.err


def test_at_a_terminal_it_is_opened(main, script, tmp_path):
    file = tmp_path / "seen.html"

    assert main(script(), terminal=True) == ([file], [file.as_uri()])
    assert main("--no-open", script(), terminal=True) == ([], [])


@pytest.mark.parametrize("spelled", [["--save", "a.html"], ["--save=a.html"]])
def test_it_is_saved_where_that_was_asked_for(spelled, main, script, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    moves = script("import os\nos.mkdir('elsewhere')\nos.chdir('elsewhere')\n" + TEXT)

    assert main(*spelled, moves) == ([tmp_path / "a.html"], [])
    monkeypatch.chdir(tmp_path)
    assert main(*spelled, "--no-open", script(), terminal=True) == ([tmp_path / "a.html"], [])


def test_an_option_that_comes_too_late_is_the_scripts_own_and_that_is_said(main, script, capsys):
    assert main(script(), "--save", "seen.html", "--rate") == ([], [])

    told = capsys.readouterr()
    assert "['--save', 'seen.html', '--rate']" in told.out
    assert told.err.count("is the script's own; ours stand before it") == 1
    assert "--save after the script" in told.err


def test_it_is_said_before_the_script_runs_and_not_of_an_option_that_the_script_has(main, script):
    heard = io.StringIO()
    with contextlib.redirect_stderr(heard):
        main(script("import sys; print('runs', file=sys.stderr)"), "--save=a.html")
        main(script("import sys; print('--no-open' in sys.argv, file=sys.stderr)"), "--no-open")

    said, runs, *rest = [line for line in heard.getvalue().splitlines() if "Seen" not in line]
    assert "--save=a.html after the script" in said and runs == "runs"
    assert rest == ["True"]


def test_an_error_ends_it_after_it_was_shown(main, script, tmp_path):
    file = tmp_path / "seen.html"

    assert main(script(FAILS), terminal=True) == ([file], [file.as_uri(), "raised"])


def test_what_cannot_be_saved_takes_nothing_from_the_script(main, script, monkeypatch, capsys):
    def fails(seen, path):
        raise OSError("full")

    file = script()
    monkeypatch.setattr(sys, "argv", ["-m", "--save", "a.html", str(file)])
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setattr(Seen, "save", fails, raising=False)
    command.main()

    assert "not saved: OSError: full" in capsys.readouterr().err


def test_where_no_pass_ran_there_is_nothing_to_open(main, script):
    assert main(script("print(1)"), terminal=True) == ([], [])


@pytest.mark.parametrize(
    "given",
    [[], ["none.py"], ["--save"], ["--other", "a.py"], ["--no-open=1", "a.py"], ["--no-open"]],
)
def test_what_cannot_be_understood_says_how_it_is_used(given):
    with pytest.raises(SystemExit, match="usage: python -m autograd_explorer"):
        command.asked_for(given)


def test_as_a_process_it_prints_and_ends_as_the_script_does(script):
    file = script(FAILS)
    plain, watched = (
        subprocess.run(
            [sys.executable, *how, file, "a"], capture_output=True, text=True, check=False
        )
        for how in ([], ["-m", "autograd_explorer"])
    )

    assert (
        (watched.stdout, watched.returncode)
        == (plain.stdout, plain.returncode)
        == ("['a'] [2.0, 2.0]\n", 1)
    )
    assert plain.stderr.splitlines()[-1] in watched.stderr
