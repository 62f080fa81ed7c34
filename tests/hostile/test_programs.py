"""What hostile programs do, each in a process of its own: nothing that reaches anybody else."""

import warnings
from collections import Counter

import pytest

import autograd_explorer as ax
from tests.hostile.corpus import KINDS, corpus

pytestmark = pytest.mark.alone

CORPUS = corpus()
SECONDS = 6
MEGABYTES = 512
# Of these a few may still end badly: only a process of their own stops them. See SECURITY.md.
LENIENT = "mntsgdx"
SHARE = 0.8


def ids(hostile):
    return hostile.name


def breach(answer):
    """What a program has done to the process, in a word; None if nothing."""
    if answer["how"] != "ended":
        return f"{answer['how']} {answer.get('raised', '')}"
    if answer["changed"]:
        return f"changed {', '.join(answer['changed'])}"
    if answer["wall"] > SECONDS:
        return f"{answer['wall']:.1f} s"
    if answer["peak"] > MEGABYTES:
        return f"{answer['peak']:.0f} MB"
    return None


def test_every_kind_is_there_and_none_twice():
    assert {hostile.kind for hostile in CORPUS} == set(KINDS)
    assert len({hostile.name for hostile in CORPUS}) == len(CORPUS)
    assert len([hostile for hostile in CORPUS if "relative" in hostile.name]) >= 60


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.kind not in LENIENT], ids=ids)
def test_it_reaches_nothing_and_changes_nothing(hostile, answers):
    answer = answers[hostile.name]

    assert breach(answer) is None, answer
    for word in ("<class", "<function Module", "built-in function", "mappingproxy", "<slot"):
        assert word not in answer["printed"] or "<class '__main__" in answer["printed"], answer
    # Some headers leave open whether a program is refused or does no harm.
    if hostile.expected.startswith("refused") and " or " not in hostile.expected:
        assert answer["kind"] in ("refused", "syntax"), answer
    if hostile.expected.startswith("stops with a limit"):
        assert answer["kind"] in ("limit", "refused"), answer


@pytest.mark.parametrize("kind", LENIENT)
def test_most_that_only_a_process_of_its_own_would_stop_are_stopped(kind, answers):
    bad = {h.name: breach(answers[h.name]) for h in CORPUS if h.kind == kind}
    count = len(bad)
    bad = {name: why for name, why in bad.items() if why is not None}

    print(f"{kind}: {count - len(bad)} of {count} end in {SECONDS} s and {MEGABYTES} MB", bad)
    assert len(bad) <= (1 - SHARE) * count, bad


def test_none_ends_the_process(answers):
    ends = Counter(answers[h.name]["how"] for h in CORPUS)

    assert not [how for how in ends if how.startswith("signal") or how == "silence"], ends


@pytest.mark.parametrize("hostile", [h for h in CORPUS if h.kind == "l"], ids=ids)
def test_nothing_stays_after_many_runs(hostile, forks):
    answer = forks.run(hostile.source, times=8)

    assert answer["how"] == "ended", answer
    assert answer["grown"] < 30, answer
    assert answer["logged"] < 10_000, answer


def test_a_warning_of_a_run_stays_with_the_run():
    warns = (
        "import torch\nimport torch.nn.functional as F\nF.mse_loss(torch.ones(2, 1), torch.ones(2))"
    )

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ax.run(warns)
        warnings.warn("of somebody else", stacklevel=1)

    assert [str(one.message) for one in caught] == ["of somebody else"]
