"""Whatever the text is, ax.run answers with a Run, in time, and leaves the process as it was."""

import os
import time
import warnings

import pytest
import torch
import torch._dynamo  # what the first module or optimizer would import
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from tests.fuzz.fragments import LIMITS, program

# `make fuzz` asks for more.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
)


def check(source):
    state = torch.random.get_rng_state(), torch.get_default_dtype(), torch.get_num_threads()
    filters = list(warnings.filters)
    start = time.monotonic()

    run = ax.run(source, LIMITS, isolated=True)

    assert time.monotonic() - start < LIMITS.seconds + 5  # others may use the machine
    assert isinstance(run, ax.Run)
    assert run.source == source
    assert run.error is None or run.error.message.encode() is not None
    run.printed.encode()
    assert torch.equal(torch.random.get_rng_state(), state[0])
    assert (torch.get_default_dtype(), torch.get_num_threads()) == state[1:]
    assert torch.is_grad_enabled() and not torch.is_inference_mode_enabled()
    assert warnings.filters == filters


@pytest.mark.filterwarnings("ignore")
@QUIET
@given(st.binary(min_size=1, max_size=400))
def test_programs_put_together_from_pieces_only_ever_give_a_run(data):
    check(program(data))


@pytest.mark.filterwarnings("ignore")
@QUIET
@given(st.text(max_size=200))
def test_any_text_only_ever_gives_a_run(text):
    check(text)
