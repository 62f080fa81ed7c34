import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax


@given(
    st.integers(1, 6), st.integers(1, 6), st.integers(0, 2**32 - 1),
    st.sampled_from(["ones", "ramp", "normal"]), st.sampled_from(["zeros", "ones", "alternating"]),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_every_cell_of_the_articles_gradients_has_a_story_that_multiplies_to_it(
    n_in, n_out, seed, x, y
):
    run = ax.run(ax.Problem(n_in, n_out, seed, x, y).source)

    for name in ("w", "b"):
        for cell in np.ndindex(run.variables[name].grad.shape):
            story = ax.cell_story(run.graph, name, cell)
            assert story.sent == run.variables[name].grad[cell]
            assert abs(story.product - story.sent) <= 1e-6 * max(1, abs(story.sent))
            assert story.factors[0].node == 0
            for one, two in zip(story.factors, story.factors[1:], strict=False):
                assert one.into == two.cell


def test_each_factor_is_the_partial_derivative_that_finite_differences_find():
    run = ax.run(ax.Problem(x="ramp").source)

    story = ax.cell_story(run.graph, "w", (1, 2))

    by_name = {run.graph.nodes[factor.node].name: factor.value for factor in story.factors}
    assert by_name["MmBackward0"] == pytest.approx(run.variables["x"].values[1])
    assert by_name["AddBackward0"] == 1
    z = run.variables["z"].values[2].astype(float)
    sigmoid = 1 / (1 + np.exp(-z))
    assert by_name["BinaryCrossEntropyWithLogitsBackward0"] == pytest.approx(sigmoid / 3, rel=1e-6)


@pytest.mark.parametrize("cell", [(9, 0), (0,), (0, 0, 0)])
def test_a_cell_that_does_not_exist_has_no_story(cell):
    graph = ax.run(ax.Problem().source).graph

    assert ax.cell_story(graph, "w", cell) is None
    assert ax.cell_story(graph, "q", (0, 0)) is None


def test_where_numbers_add_up_there_is_no_single_product():
    w = torch.ones(2, 2, requires_grad=True)
    several_rows = ax.trace_backward((torch.ones(3, 2) @ w).sum(), names={"w": w})
    two_ways = ax.trace_backward((w * 2 + w).sum(), names={"w": w})

    assert ax.cell_story(several_rows, "w", (0, 0)) is None
    assert ax.cell_story(two_ways, "w", (0, 0)) is None
