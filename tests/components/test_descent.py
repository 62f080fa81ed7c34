"""What of a race is sent to the browser, and where in the drawings it stands."""

import base64
import json

import numpy as np
import pytest

import autograd_explorer as ax
import texts
from autograd_explorer.course import training
from components.descent import MOST_NUMBERS, MOST_STOPS, build_descent, grows, stops_of

SAY = texts.for_page("training", "en")


def built(problem=None, optimizer="sgd", rate="0.1", steps=20):
    run = ax.run(training.program(problem or ax.Problem(), optimizer, rate, 5))
    w = run.tensor("w").values
    race = training.race(run, rate, steps, stops_of(steps, w.size))
    data = build_descent(race, optimizer, ax.loss_map(run), SAY)
    json.dumps(data, allow_nan=False)
    return data, race


def frames(matrix):
    return [np.frombuffer(base64.b64decode(frame), "<f4") for frame in matrix["frames"]]


@pytest.mark.parametrize("steps", [1, 5, 240])
@pytest.mark.parametrize("size", [1, 5, 64])
def test_the_slider_stops_at_the_first_and_the_last_step_and_little_is_sent(steps, size):
    data, race = built(ax.Problem(size, size, x="normal"), steps=steps)
    stops = data["stops"]

    assert (stops[0], stops[-1]) == (0, steps - 1)
    assert len(stops) <= min(MOST_STOPS, steps) and len(stops) * size**2 <= MOST_NUMBERS
    assert len(json.dumps(data)) < 700_000
    for matrix, of in zip(data["matrices"], (race["sgd"].ws, race["sgd"].grads), strict=True):
        for frame, shown in zip(frames(matrix), of, strict=True):
            np.testing.assert_array_equal(frame, shown.ravel())
    for racer in data["racers"]:
        assert len(racer["losses"]) == len(stops)
        assert len(racer["heights"]) == len(racer["path"]) == len(racer["off"]) == steps


def test_a_path_begins_with_the_others_and_sgd_ends_in_the_middle():
    data, race = built(steps=60)
    sgd, momentum, adam = data["racers"]

    assert sgd["path"][0] == momentum["path"][0] == adam["path"][0]
    assert sgd["path"][-1] == pytest.approx([0.5, 0.5], abs=1e-3)
    assert not any(sgd["off"]) and sgd["marks"] == []
    assert sgd["heights"][0] == max(sgd["heights"]) <= 1
    assert [racer["chosen"] for racer in data["racers"]] == [True, False, False]
    assert sgd["losses"][0] == f"{race['sgd'].losses[0]:.4g}"


def test_what_flies_off_the_map_keeps_its_direction_and_says_where_it_stops_being_a_number():
    data, race = built(rate="10.0", steps=60)
    sgd = data["racers"][0]
    at_inf, at_nan = training.overflow(race["sgd"])

    assert sgd["off"][0] is False and all(sgd["off"][1:])
    assert sgd["marks"] == [(at_inf, "+∞"), (at_nan, "NaN")]
    assert sgd["losses"][-1] == "NaN"
    assert sgd["heights"][at_inf] is None and sgd["path"][-1] is None
    there = np.array([at for at in sgd["path"] if at is not None])
    assert np.abs(there - 0.5).max() <= 10.01  # twenty half breadths
    # On both sides in turn, along one line through the middle.
    slopes = (there[:, 1] - 0.5) / (there[:, 0] - 0.5)
    assert slopes == pytest.approx(slopes[0], rel=1e-2)
    assert (np.diff(np.sign(there[:5, 0] - 0.5)) != 0).all()


def test_matrices_have_one_scale_unless_the_gradient_grows():
    calm, race = built()
    wild, other = built(rate="1.0")

    assert not grows(race["sgd"]) and grows(other["sgd"])
    for matrix in calm["matrices"]:
        assert len(set(matrix["peaks"])) == 1
        assert matrix["peaks"][0] == max(np.abs(frame).max() for frame in frames(matrix))
    for matrix in wild["matrices"]:
        assert matrix["peaks"] == [np.abs(frame).max() for frame in frames(matrix)]


def test_every_number_can_be_sent():
    odd = np.array([1.0, 0.0, 1e-45, 3e38, np.inf, np.nan], dtype=np.float32)
    grid = odd[:, None, None] * np.ones((1, 2, 2), dtype=np.float32)
    strange = ax.Descent(odd, grid[:, 0], range(6), grid, -grid)
    run = ax.run(training.program(ax.Problem(), "sgd", "0.1", 5))
    race = {"sgd": strange, "adam": strange}

    data = build_descent(race, "adam", ax.loss_map(run), SAY)

    json.dumps(data, allow_nan=False)
    assert data["racers"][0]["marks"] == [(4, "+∞"), (5, "NaN")]
