"""The steps of training, and the map of the loss, against plain PyTorch."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import autograd_explorer as ax
from autograd_explorer.course import training
from tests.core.test_lessons import SEEDS, problem, tensors

MADE = {
    "sgd": lambda rate, *moved: torch.optim.SGD(moved, lr=rate),
    "momentum": lambda rate, *moved: torch.optim.SGD(moved, lr=rate, momentum=0.9),
    "adam": lambda rate, *moved: torch.optim.Adam(moved, lr=rate),
}


def trained(optimizer, rate, steps, x, y, w, b):
    made = MADE[optimizer](float(rate), w, b)
    seen = []
    for _ in range(steps):
        loss = F.mse_loss(torch.matmul(x, w) + b, y)
        made.zero_grad()
        loss.backward()
        seen.append([t.detach().clone().numpy() for t in (loss, w, w.grad, b)])
        made.step()
    return [np.array(values) for values in zip(*seen, strict=True)]


def losses_of(run):
    return [float(s.assigned["loss"].values) for s in run.statements if "loss" in s.assigned]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_race_is_pytorchs_and_the_chosen_one_is_the_readers_own_run(seed):
    optimizer = list(training.OPTIMIZERS)[seed % 3]
    rate = training.RATES[seed % len(training.RATES)]
    run = ax.run(training.program(problem(seed), optimizer, rate, 20))

    kept = [0, 3, 19]
    race = training.race(run, rate, 20, kept)

    assert list(race) == list(MADE)
    for name, descent in race.items():
        losses, ws, grads, bs = trained(name, rate, 20, *tensors(seed))
        np.testing.assert_array_equal(descent.losses, losses)
        np.testing.assert_array_equal(descent.ws, ws[kept])
        np.testing.assert_array_equal(descent.grads, grads[kept])
        second = ws[:, 0, 1] if ws.shape[2] > 1 else bs[:, 0]
        np.testing.assert_array_equal(descent.path, np.stack([ws[:, 0, 0], second], axis=-1))
    np.testing.assert_array_equal(race[optimizer].losses, losses_of(run))


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_each_place_of_the_map_is_the_loss_of_pytorch_there(seed):
    p = problem(seed)
    x, y, w, b = tensors(seed)
    run = ax.run(training.program(p, "sgd", "0.1", 5))
    found = ax.loss_map(run)
    # Where small steps lead, found by taking them.
    optimizer = torch.optim.SGD([w, b], lr=0.2 * len(b) / (len(x) + 1))
    for _ in range(200):
        optimizer.zero_grad()
        F.mse_loss(torch.matmul(x, w) + b, y).backward()
        optimizer.step()
    w, b = w.detach(), b.detach()
    second = (w, (0, 1)) if len(b) > 1 else (b, (0,))

    for i, j in ((0, 0), (7, 30), (20, 20), (40, 3)):
        w[0, 0] = float(found.across[j])
        second[0][second[1]] = float(found.up[i])
        loss = F.mse_loss(torch.matmul(x, w) + b, y).item()
        assert found.losses[i, j] == pytest.approx(loss, rel=1e-3, abs=1e-5)
    assert found.names == ("w[0, 0]", "w[0, 1]" if len(b) > 1 else "b[0]")
    assert found.losses[20, 20] == pytest.approx(0, abs=1e-9)
    for at, side in zip(
        training.race(run, "0.1", 1, ())["sgd"].path.T, (found.across, found.up), strict=True
    ):
        assert side[0] < at[0] < side[-1]


def test_the_steps_at_which_a_loss_stops_being_finite_are_told_apart():
    run = ax.run(training.program(ax.Problem(), "sgd", "10.0", 60))
    race = training.race(run, "10.0", 60, ())

    at_inf, at_nan = training.overflow(race["sgd"])

    losses = race["sgd"].losses
    assert np.isfinite(losses[:at_inf]).all() and np.isposinf(losses[at_inf:at_nan]).all()
    assert np.isnan(losses[at_nan:]).all() and 0 < at_inf < at_nan
    assert training.overflow(race["adam"]) == (None, None)
    assert training.lowest(race) == "adam"
    assert training.lowest({"sgd": race["sgd"]}) is None


def test_the_program_holds_nothing_but_training():
    assert len(training.program(ax.Problem(), "momentum", "0.4", 60).split("\n")) <= 20
    assert "lr=0.4, momentum=0.9)" in training.program(ax.Problem(), "momentum", "0.4", 60)
