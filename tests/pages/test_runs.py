"""A program runs when it changes, and not when something else of the address does."""

import pytest

import autograd_explorer as ax
import boot  # noqa: F401  it runs a program of its own, which is not to be counted
from autograd_explorer.course.exhibits import EXHIBITS
from components import address, runs
from components.runs import LastRuns, size_of
from tests.conftest import ALL_DONE
from tests.pages.test_forged import reports
from tests.pages.test_lessons import opened

LONG_TRAINING = {"steps": "240"}
PAGES = {
    "explorer": {},
    "playground": {"example": "double_backward"},
    **{lesson: {} for lesson in address.LESSONS},
    "museum": {"exhibit": "second_backward", "fixed": "on"},
}
LOOKS = (
    {"select": "node-0"},
    {"select": "node-2"},
    {"select": "edge-0-0"},
    {"select": "line-9"},
    {"select": "cell-w.grad-0-0"},
    {"step": "3"},
    {"layer": "1"},
    {"enlarged": "w.grad"},
    {"pass": "0"},
    {"present": "1", "controls": "n_in"},
    {"lang": "ja"},
)


@pytest.fixture
def ran(monkeypatch):
    """The texts of all programs that ran."""
    sources = []
    run = ax.run

    def counted(source, *arguments, **named):
        sources.append(source)
        return run(source, *arguments, **named)

    monkeypatch.setattr("autograd_explorer.run", counted)
    return sources


@pytest.mark.parametrize("page", PAGES)
def test_looking_at_something_else_of_a_run_runs_nothing(page, ran):
    app = opened(page, "en", **PAGES[page])
    assert ran
    ran.clear()

    for look in LOOKS:
        for key, value in look.items():
            app.query_params[key] = value
        app.run()

        assert not app.exception
        assert not ran, look


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("playground", "museum")])
def test_moving_a_dial_runs_each_program_once(page, ran):
    app = opened(page, "en", **PAGES[page])
    first = list(ran)

    app.query_params["seed"] = "7"
    app.run()

    new = ran[len(first) :]
    assert len(new) == len(set(new)) == len(set(first)) == len(first)
    assert not set(new) & set(first)


def test_a_long_training_is_not_run_again_for_a_word(ran):
    app = opened("training", "en", **LONG_TRAINING)
    app.query_params["lang"] = "ja"
    app.run()

    assert len(ran) == 1


def test_an_example_that_is_chosen_runs_once(ran):
    app = opened("playground", "en", example="rnn")
    app.query_params["example"] = "branch"
    app.run()

    assert len(ran) == 2


def test_pressing_run_runs_the_program_that_is_there_once_more(ran):
    source = "print(6 * 7)\n"
    app = opened("playground", "en", code=address.pack(source))

    app._run(reports(app, "pane", ("report", ["editor", "run", source])))
    assert ran == [source, source]
    app.run()
    assert ran == [source, source]


def test_only_the_last_runs_are_kept():
    last = LastRuns()
    runs = [ax.run(f"x = {i}") for i in range(10)]
    for run in runs:
        last.keep(run)
        last.get("x = 0")  # used again and again

    assert last.get("x = 0") is runs[0] and last.get("x = 9") is runs[9]
    assert last.get("x = 1") is None and last.get("x = 2") is None
    assert last.size == sum(size_of(run, 10**9) for run in runs if last.get(run.source))


def test_large_runs_give_way_and_the_largest_are_not_kept():
    last = LastRuns()
    runs = [ax.run(f"import torch\nx = torch.ones(1_000_000) * {i}\ny = x * 2") for i in range(6)]
    assert 8e6 < size_of(runs[0], 10**9) < 40e6
    for run in runs:
        last.keep(run)

    assert last.size <= 64 * 2**20
    assert last.get(runs[0].source) is None and last.get(runs[-1].source) is runs[-1]
    before = last.size
    names = (f"x{i} = torch.ones(1_000_000)" for i in range(10))
    last.keep(ax.run("\n".join(("import torch", *names))))
    assert last.size == before


@pytest.mark.parametrize("key", ["signal", "killed", "no_worker"])
def test_what_never_began_begins_when_it_is_shown_next(key):
    last = LastRuns()
    run = ax.Run("x = 1", (), {}, "", (), None, ax.Failure(0, 1, "", "", "ended", key))

    last.keep(run)

    assert (last.get("x = 1") is run) == (key != "no_worker")


@pytest.mark.parametrize("settled", [True, False])
def test_the_proof_waits_until_the_dial_rests_and_is_found_once(settled, monkeypatch):
    proved = []
    prove = ax.prove
    monkeypatch.setattr(ax, "prove", lambda run: proved.append(run) or prove(run))
    monkeypatch.setattr("components.address.settled", lambda: settled)

    app = opened("explorer", "en", done=ALL_DONE)
    app.query_params["select"] = "node-1"
    app.run()

    assert len(proved) == settled


def test_the_museums_wall_runs_its_programs_once_a_server(ran):
    opened("museum", "en")
    assert sorted(ran) == sorted(exhibit.source for exhibit in EXHIBITS)
    ran.clear()

    assert not opened("museum", "ja").exception
    assert not ran


def test_what_a_limit_ended_is_not_kept_and_the_others_are_bounded():
    endless = "while True:\n    pass"
    assert "LimitReached" in runs.ending_of(endless).error and not runs.endings

    for number in range(runs.MOST_ENDINGS + 3):
        assert runs.ending_of(f"print({number})") == ("", f"{number}\n")
    assert len(runs.endings) == runs.MOST_ENDINGS and "print(2)" not in runs.endings


def test_a_class_whose_dials_stand_alike_shares_a_run_and_what_follows_from_it(ran):
    opened("explorer", "en", n_in="7")
    first = [*ran]

    assert not opened("explorer", "ja", n_in="7").exception
    assert first and ran == first
    opened("explorer", "en", n_in="8")
    assert len(ran) == 2 * len(first)


def test_a_readers_own_program_runs_for_every_reader(ran):
    for _ in range(2):
        opened("playground", "en", example="linear_layer")
    assert len(ran) == 2


def test_what_is_shared_of_a_run_is_found_once_for_each_thing_that_it_is_found_from():
    kept = runs.shared
    run, other = (ax.run(f"x = {number}") for number in (1, 2))
    kept.keep(run, clues=False)
    words, found = (object(), object()), []

    for word in (*words, *words):
        runs.once(run, "told", lambda word=word: found.append(word), word)
    assert found == [*words]
    assert kept.found(run) and kept.found(other) is None


def test_shared_runs_are_bounded_and_need_the_clues_that_are_asked_for():
    kept = runs.SharedRuns()
    made = [ax.run(f"print({number})") for number in range(runs.MOST_SHARED + 2)]
    for run in made:
        kept.keep(run, clues=False)
    sources = [run.source for run in made if kept.get(run.source, clues=False)]
    assert sources == [run.source for run in made[2:]]
    assert not any(kept.found(run) is not None for run in made[:2])
    assert kept.size == sum(size_of(run, 10**9) for run in made[2:])

    assert kept.get(made[-1].source, clues=True) is None
    kept.keep(made[-1], clues=True)
    assert kept.get(made[-1].source, clues=True) is made[-1]

    large = ax.run("import torch\nx = torch.zeros(600, 600)")
    kept.keep(large, clues=True)
    assert kept.get(large.source, clues=False) is None
    stopped = ax.run("while True:\n    pass")
    kept.keep(stopped, clues=True)
    assert kept.get(stopped.source, clues=False) is None
