"""A program that stopped the server is not run a second time."""

import threading

import autograd_explorer as ax
from components import culprits

SOURCE = "x = 1\nprint(x)\n"


def test_a_program_runs_unless_the_server_stopped_at_it(monkeypatch):
    monkeypatch.delenv(culprits.VARIABLE, raising=False)
    assert culprits.run_own(SOURCE).printed == "1\n"

    monkeypatch.setenv(culprits.VARIABLE, culprits.digest_of(SOURCE))
    run = culprits.run_own(SOURCE)
    assert run.printed == "" and (run.error.kind, run.error.key) == ("limit", "server")
    assert culprits.run_own(SOURCE + "#").printed == "1\n"


def test_what_is_handed_on_is_what_the_thread_was_running(monkeypatch):
    monkeypatch.setenv(culprits.VARIABLE, "a " * 30)
    seen, run, another = [], ax.run, SOURCE + "print(2)\n"
    monkeypatch.setattr(
        "autograd_explorer.run",
        lambda source: seen.append(culprits.handed_on(threading.get_ident())) or run(source),
    )

    culprits.run_own(another)

    digests = seen[0][culprits.VARIABLE].split()
    assert digests[-1] == culprits.digest_of(another) and len(digests) == 20
    assert culprits.handed_on(None) == culprits.handed_on(threading.get_ident())
