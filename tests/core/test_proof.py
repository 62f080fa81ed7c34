import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from tests.core.test_problem import problems


@given(problems)
@settings(max_examples=40, deadline=None)
def test_three_ways_lead_to_the_same_gradient(problem):
    run = ax.run(problem.source)

    proof = ax.prove(run)

    assert (proof.autograd is None) == (not problem.recording)
    base = proof.autograd or proof.formula
    assert max(proof.gap(base, proof.formula)) < 1e-7
    assert max(proof.gap(base, proof.differences)) < 1e-6
    for pair in (proof.formula, proof.differences):
        assert pair[0].shape == (problem.n_in, problem.n_out)
        assert pair[1].shape == (problem.n_out,)


def test_a_wrong_gradient_would_be_seen():
    proof = ax.prove(ax.run(ax.Problem().source))
    wrong = (proof.autograd[0] * 1.001, proof.autograd[1])

    assert proof.gap(proof.autograd, wrong)[0] > 1e-5
    assert proof.gap(proof.autograd, wrong)[1] == 0


@given(problems.filter(lambda problem: problem.recording))
@settings(max_examples=40, deadline=None)
def test_what_is_said_of_the_rows_is_true_of_them(problem):
    run = ax.run(problem.source)
    x, by_w, by_b = run.variables["x"].values, run.variables["w"].grad, run.variables["b"].grad

    pattern = ax.row_pattern(run)

    assert pattern.identical == all((row == by_w[0]).all() for row in by_w)
    assert pattern.equal_to_b == all((row == by_b).all() for row in by_w)
    assert pattern.largest_gap == np.abs(by_w - np.outer(x.astype(float), by_b)).max()
    assert pattern.largest_gap < 1e-6
    if problem.x == "ones":
        assert pattern.all_ones and pattern.identical and pattern.equal_to_b


def test_without_recording_there_are_no_rows_to_speak_of():
    assert ax.row_pattern(ax.run(ax.Problem(recording=False).source)) is None


@given(st.integers(1, 8))
@settings(max_examples=5, deadline=None)
def test_the_prediction_is_sigmoid_of_z(n_out):
    run = ax.run(ax.Problem(n_out=n_out).source)

    z = run.variables["z"].values

    assert np.allclose(ax.predicted(run), 1 / (1 + np.exp(-z.astype(float))), atol=1e-6)


@pytest.mark.parametrize("recording", [True, False])
def test_the_cost_of_recording_is_a_measured_ratio(recording):
    cost = ax.measure_recording(ax.run(ax.Problem(recording=recording).source))

    assert 0 < cost.low <= cost.high
    assert cost.ratio > 0
    assert cost.rounds >= 30


def test_a_measurement_lets_others_go_first():
    """At its largest width it takes a second, and a class would wait."""
    paused = []
    ax.measure_forward(ax.WIDTHS[-1], lambda share: None, lambda: paused.append(1))

    assert len(paused) > 20
