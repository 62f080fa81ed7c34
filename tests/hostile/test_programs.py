"""Hostile programs in workers: each is answered in time, and the process that asked never notices."""

import warnings
from collections import Counter

import pytest

import autograd_explorer as ax
from tests.hostile.conftest import answer_of, described, megabytes
from tests.hostile.corpus import KINDS, corpus

pytestmark = pytest.mark.alone

CORPUS = corpus()
SECONDS = 6
MEGABYTES = 30  # that this process may hold more after all of them
# What aims at the machine and not at secrets: how it ends is not said beforehand.
FOR_THE_SYSTEM = "mntsgdx"


def ids(hostile):
    return hostile.name


def test_every_kind_is_there_and_none_twice():
    assert {hostile.kind for hostile in CORPUS} == set(KINDS)
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS)
    assert len([hostile for hostile in CORPUS if "relative" in hostile.name]) >= 60


@pytest.mark.parametrize("hostile", CORPUS, ids=ids)
def test_it_is_answered_in_time(hostile, answers):
    answer = answers[hostile.name]
    if answer["seconds"] >= SECONDS:  # the machine may have been busy
        answer = described(answer_of(hostile.source))

    assert not answer["raised"], answer
    assert answer["seconds"] < SECONDS, answer
    assert answer["key"] != "no_worker", answer
    if answer["kind"] is not None:
        assert 1 <= answer["line"] <= hostile.source.count("\n") + 1, answer


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.kind not in FOR_THE_SYSTEM], ids=ids)
def test_it_reaches_nothing(hostile, answers):
    answer = answers[hostile.name]
    printed = answer["printed"].replace("<class 'int'>", "")  # the type of a number tells nothing

    for word in ("<class", "<function Module", "built-in function", "mappingproxy", "<slot"):
        assert word not in printed or "<class '__main__" in printed, answer
    # Some headers leave open whether a program is refused or does no harm.
    if hostile.expected.startswith("refused") and " or " not in hostile.expected:
        assert answer["kind"] in ("refused", "syntax"), answer
    if hostile.expected.startswith("stops with a limit"):
        assert answer["kind"] in ("limit", "refused"), answer


def test_this_process_is_as_large_as_before(answers):
    assert answers["grown"] < MEGABYTES, answers["grown"]


def test_how_they_end_is_told(answers):
    """For the record, and so that a change of many at once is seen."""
    ends = Counter(
        (answers[h.name]["kind"], answers[h.name]["key"] or answers[h.name]["type"]) for h in CORPUS
    )

    print(*(f"{count} {kind} {key}" for (kind, key), count in ends.most_common()), sep="\n")
    assert sum(ends.values()) == len(CORPUS)


def test_after_all_of_them_a_program_runs_as_before(answers):
    run = ax.run(ax.Problem().source, isolated=True)

    assert run.error is None
    assert run.printed.split()[0] == ax.run(ax.Problem().source).printed.split()[0]


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.kind == "l"], ids=ids)
def test_nothing_stays_after_many_runs(hostile):
    for i in range(8):
        if i == 2:
            before = megabytes()
        assert not answer_of(hostile.source).raised

    assert megabytes() - before < MEGABYTES


@pytest.mark.soak
@pytest.mark.parametrize("hostile", CORPUS, ids=ids)
def test_it_is_answered_in_time_with_all_the_time_that_readers_have(hostile):
    answer = answer_of(hostile.source, ax.DEFAULT.seconds)

    assert not answer.raised
    assert answer.seconds < SECONDS


def test_a_warning_of_a_run_stays_with_the_run():
    warns = (
        "import torch\nimport torch.nn.functional as F\nF.mse_loss(torch.ones(2, 1), torch.ones(2))"
    )

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax.run(warns)
        warnings.warn("of somebody else", stacklevel=1)

    assert [str(one.message) for one in caught] == ["of somebody else"]
