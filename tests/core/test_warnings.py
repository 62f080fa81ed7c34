"""What plain Python would print as a warning stands on its line, and with its own run."""

import contextlib
import io
import json
import threading
import warnings
from pathlib import Path

import pytest
import torch

import autograd_explorer as ax

FORUM = Path(__file__).parents[1] / "forum"
# Those of the silent cases in which plain Python warns, and that run here: file → what it says.
WARNS = {
    "01_leaf_times_constant.py": "is not a leaf Tensor",
    "02_view_of_new_leaf.py": "is not a leaf Tensor",
    "04_losses_rewrapped.py": "requires_grad=True to a scalar",
    "05_leaves_packed_by_as_tensor.py": "requires_grad=True to a scalar",
    "29_fresh_tensor_in_the_loss.py": "requires_grad=True to a scalar",
    "73_backward_hook_sees_no_input.py": "Full backward hook is firing",
}


@pytest.fixture(autouse=True)
def as_on_the_server():
    """PyTorch gives some warnings once a process, unless it is told otherwise, as in boot.py."""
    before = torch.is_warn_always_enabled()
    torch.set_warn_always(True)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        yield
    torch.set_warn_always(before)


@pytest.mark.parametrize("name", WARNS)
def test_a_warning_stands_on_its_line_in_pytorchs_words_every_time(name):
    source = (FORUM / name).read_text()

    for _ in range(2):
        (heard, *_) = ax.run(source).warnings
        assert WARNS[name] in heard.message and heard.type == "UserWarning"
        assert "Triggered internally" not in heard.message
        assert source.split("\n")[heard.line - 1].strip()


def test_a_warning_of_anomaly_mode_names_no_file_of_ours():
    source = (
        "import torch\ntorch.autograd.set_detect_anomaly(True)\n"
        "y = torch.ones(2, requires_grad=True).exp()\ny.add_(1)\ny.sum().backward()\n"
    )

    (heard,) = ax.run(source).warnings

    assert heard.message == "Error detected in ExpBackward0."


def said_by_plain_python(source):
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        with contextlib.suppress(Exception):
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})  # noqa: S102
    return {str(one.message)[:40] for one in caught}


def test_no_case_hears_more_or_less_than_plain_python_says():
    for case in json.loads((FORUM / "cases.json").read_text()):
        for source in ((FORUM / case["file"]).read_text(), case["cured_program"]):
            run = ax.run(source)
            if run.error is None or run.error.kind == "torch":
                heard = {one.message[:40] for one in run.warnings}
                assert heard == said_by_plain_python(source), case["file"]


def test_two_runs_at_once_hear_their_own():
    loud = (
        "import torch\nw = torch.ones(2, requires_grad=True) * 2\nfor i in range(40):\n    w.grad\n"
    )
    quiet = loud.replace(" * 2", "")
    wrong = []

    def work(source, count):
        for _ in range(30):
            if len(ax.run(source).warnings) != count:
                wrong.append(source)

    threads = [threading.Thread(target=work, args=pair) for pair in ((loud, 40), (quiet, 0)) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not wrong


def test_of_thousands_the_first_hundred_are_kept():
    run = ax.run(
        "import torch\nw = torch.ones(2, requires_grad=True) * 2\nfor i in range(2000):\n    w.grad\n"
    )

    assert len(run.warnings) == 100 and {heard.line for heard in run.warnings} == {4}
