"""Every hostile program ends in time with a failure of our own."""

import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
import torch._dynamo  # what the first module or optimizer would import

import autograd_explorer as ax
from tests.core.hostile import BOMBS, ESCAPES, TAME
from tests.hostile.conftest import AT_ONCE, answer_of

SECONDS = 6


def test_there_are_enough_of_them_and_none_twice():
    assert len(set(ESCAPES)) == len(ESCAPES) and len(set(BOMBS)) == len(BOMBS)
    assert len(ESCAPES) + len(BOMBS) >= 150


def judge(source, **options):
    assert_ended_by_us(leaves_everything_as_it_was(source, **options), source)


def assert_ended_by_us(run, source):
    assert run.error is not None
    assert run.error.kind in ("refused", "limit", "syntax"), run.error
    assert 1 <= run.error.line <= source.count("\n") + 1


def leaves_everything_as_it_was(source, **options):
    filters, state = list(warnings.filters), torch.random.get_rng_state()
    start = time.monotonic()

    run = ax.run(source, **options)

    assert time.monotonic() - start < SECONDS
    assert run.error is None or run.error.message.encode() is not None
    assert run.printed.encode() is not None
    assert warnings.filters == filters
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.get_default_dtype() == torch.float32
    assert torch.is_grad_enabled() and not torch.is_anomaly_enabled()
    return run


@pytest.mark.parametrize("source", ESCAPES)
def test_an_escape_is_refused(source):
    judge(source)


@pytest.mark.parametrize("source", TAME)
def test_what_is_harmless_changes_nothing_of_the_process(source):
    run = leaves_everything_as_it_was(source)

    assert run.error is None or run.error.kind == "torch"


@pytest.fixture(scope="module")
def bombs():
    """What became of each bomb in a worker, where readers' programs run; several at a time."""
    ax.run("x = 1", isolated=True)  # until a worker is ready
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(BOMBS, pool.map(answer_of, BOMBS), strict=True))


@pytest.mark.alone
@pytest.mark.parametrize("source", BOMBS, ids=[source[:50] for source in BOMBS])
def test_a_bomb_ends_in_time(source, bombs):
    answer = bombs[source]
    if answer.seconds >= SECONDS:  # the machine may have been busy
        answer = answer_of(source)

    assert not answer.raised, answer
    assert answer.seconds < SECONDS
    assert_ended_by_us(answer.run, source)


@pytest.mark.soak
@pytest.mark.parametrize("source", BOMBS, ids=[source[:50] for source in BOMBS])
def test_a_bomb_ends_in_time_with_all_the_time_that_readers_have(source):
    judge(source, isolated=True)


def test_pytorch_is_as_it_was_after_all_of_them():
    assert torch.nn.functional.relu(torch.tensor(-1.0)) == 0
    assert torch.Tensor.backward.__module__ == "torch._tensor"
    assert not hasattr(torch.Tensor, "x")
    assert isinstance(torch.nn.Linear, type)
