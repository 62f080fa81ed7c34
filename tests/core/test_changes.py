"""What a hand does to the numbers: lines of the program, which plain Python runs alike."""

import random

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from autograd_explorer.course.changes import (
    LARGEST,
    MOST_CHANGES,
    MOST_STEPS,
    RATES,
    Edit,
    Steps,
    are_possible,
    edited,
    stepped,
    steps_in,
)
from components.address.keys import CHANGES
from tests.core.reference import printed_by_python, without_addresses

PLACES = {"w": (4, 3), "b": (3,), "x": (4,)}


@st.composite
def edits(draw):
    name = draw(st.sampled_from([*PLACES]))
    place = tuple(draw(st.integers(0, size - 1)) for size in PLACES[name])
    return Edit(name, place, draw(st.floats(-2 * LARGEST, 2 * LARGEST)))


@st.composite
def histories(draw):
    changes = ()
    for one in draw(st.lists(st.one_of(edits(), st.sampled_from(RATES[:4])), max_size=8)):
        changes = edited(changes, one) if isinstance(one, Edit) else stepped(changes, one)
    return changes


@settings(max_examples=40, deadline=None)
@given(histories(), st.sampled_from(["ones", "ramp", "normal"]), st.booleans())
def test_the_program_prints_in_plain_python_what_it_prints_here(changes, x, recording):
    source = ax.Problem(4, 3, 7, x, recording=recording).changed(changes)
    run = ax.run(source)

    if recording:
        assert run.error is None
        assert without_addresses(run.printed) == printed_by_python(source)
    else:
        assert run.error.type == "RuntimeError"
    for change in changes:
        assert isinstance(change, Steps) or change.line in source


@given(histories())
def test_the_address_keeps_what_was_done(changes):
    assert CHANGES.parse(CHANGES.spell(changes)) == changes
    assert are_possible(changes, 4, 3)


@given(histories(), edits())
def test_a_number_that_was_set_stands_in_the_program_once_since_the_last_step(changes, edit):
    after = edited(changes, edit)
    again = edited(after, Edit(edit.name, edit.place, 1.0))

    assert len(again) == len(after) and steps_in(after) == steps_in(changes)
    set_last = next(c for c in reversed(again) if isinstance(c, Edit) and c.place == edit.place)
    assert set_last.value == 1.0


def test_there_are_never_more_changes_or_steps_than_there_may_be():
    changes = ()
    for number in range(200):
        changes = stepped(changes, RATES[number % len(RATES)])
        changes = edited(changes, Edit("w", (number % 4, 0), number))
        assert len(changes) <= MOST_CHANGES
    for _ in range(200):
        changes = stepped((), 0.5) if not changes else stepped(changes[-1:], 0.5)
    many = ()
    for _ in range(200):
        many = stepped(many, 0.5)
    assert many == (Steps(MOST_STEPS, 0.5),)


@pytest.mark.parametrize(
    "text",
    [
        "w_1_2", "w_1_2_3_4", "b_1_2_3", "x_0_inf", "x_0_nan", "x_0_1e9", "w_64_0_1", "w_0_64_1",
        "step_0_0.5", "step_51_0.5", "step_1_0.7", "step_-1_0.5", "v_0_1", "w_0_0_101", "~", "b_0_1~",
        "b_0_1.234", "w__0_1", "ｗ_0_0_1", "w_0_0_１", "x_0_1" + "~x_0_1" * 30, "x_0_1~" * 9999,
    ],
)  # fmt: skip
def test_what_no_hand_can_do_is_not_followed(text):
    assert CHANGES.parse(text) is None


def test_a_training_step_is_plain_pytorchs():
    problem = ax.Problem(5, 3, 42)
    run = ax.run(problem.changed((Steps(3, 0.5),)))
    exec(problem.setup[0], ours := {"F": F})  # noqa: S102
    exec("\n".join(problem.setup), ours)  # noqa: S102
    optimizer = torch.optim.SGD([ours["w"], ours["b"]], lr=0.5)
    for _ in range(3):
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(ours["x"] @ ours["w"] + ours["b"], ours["y"]).backward()
        optimizer.step()

    assert np.array_equal(run.tensor("w").values, ours["w"].detach().numpy())
    assert np.array_equal(run.tensor("b").values, ours["b"].detach().numpy())


@pytest.mark.parametrize("seed", range(50))
def test_the_tangents_slope_is_the_gradient_that_plain_pytorch_finds(seed):
    chance = random.Random(seed)  # noqa: S311
    n_in, n_out = chance.randint(1, 8), chance.randint(1, 8)
    name = chance.choice("wb")
    place = (chance.randrange(n_in), chance.randrange(n_out))[-2 if name == "w" else -1 :]
    changes = edited((), Edit(name, place, chance.uniform(-3, 3)))
    source = ax.Problem(n_in, n_out, seed, "normal", "alternating").changed(changes)

    curve = ax.loss_curve(ax.run(source), name, place)

    exec(source.replace("print(", "str("), plain := {})  # noqa: S102
    assert curve.slope == pytest.approx(float(plain[name].grad[place]), abs=1e-7)
    assert curve.loss == pytest.approx(plain["loss"].item(), abs=1e-6)
    # The curve goes through the run's own loss, and is as steep there as its tangent.
    with torch.no_grad():
        for value, loss in zip(curve.values[::20], curve.losses[::20], strict=True):
            plain[name][place] = float(value)
            z = plain["x"] @ plain["w"] + plain["b"]
            again = F.binary_cross_entropy_with_logits(z, plain["y"])
            assert float(loss) == pytest.approx(again.item(), abs=1e-5)


def test_x_has_a_curve_and_no_slope_and_so_has_everything_unrecorded():
    run = ax.run(ax.Problem().source)
    off = ax.run(ax.Problem(recording=False).source)

    assert ax.loss_curve(run, "x", (1,)).slope is None
    assert ax.loss_curve(off, "w", (1, 1)).slope is None
    with pytest.raises(IndexError):
        ax.loss_curve(run, "w", (9, 9))
