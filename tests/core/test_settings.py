"""What PyTorch keeps for the whole process is a run's own while it goes on, and as before after."""

import torch

import autograd_explorer as ax

CHANGES = (
    "import torch\ntorch.set_default_dtype(torch.float64)\ntorch.set_printoptions(precision=2)\n"
    "torch.autograd.set_detect_anomaly(True)\nprint(torch.tensor(1.23456), torch.ones(1).dtype)\n"
)


def shown():
    return str(torch.tensor(1.23456)), torch.get_default_dtype(), torch.is_anomaly_enabled()


def test_a_run_changes_settings_for_itself():
    before = shown()

    run = ax.run(CHANGES)

    assert run.error is None
    assert run.printed == "tensor(1.23) torch.float64\n"
    assert shown() == before


def test_they_are_put_back_after_an_error():
    before = shown()

    assert ax.run(CHANGES + "1 / 0").error.type == "ZeroDivisionError"
    assert shown() == before


def test_nothing_changes_while_another_run_goes_on():
    before, inner = shown(), []

    def report(turns):
        inner.append((ax.run(CHANGES).error, shown()))

    ax.run("for i in range(20): pass", report=report)

    assert inner
    for error, seen in inner:
        assert error.kind == "refused" and seen == before
