import contextlib
import io
import subprocess
import sys

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_explorer as ax
from autograd_explorer.course.problem import X_FILLS, Y_FILLS
from tests.core.reference import plain_pytorch, printed_by_python, without_addresses

problems = st.builds(
    ax.Problem,
    n_in=st.integers(1, 64),
    n_out=st.integers(1, 64),
    seed=st.integers(0, 2**32 - 1),
    x=st.sampled_from(sorted(X_FILLS)),
    y=st.sampled_from(sorted(Y_FILLS)),
    recording=st.booleans(),
)


@given(problems)
@settings(max_examples=60, deadline=None)
def test_a_run_prints_what_plain_python_prints(problem):
    run = ax.run(problem.source)

    assert without_addresses(run.printed) == printed_by_python(problem.source)


@given(problems)
@settings(max_examples=30, deadline=None)
def test_every_variable_equals_the_one_plain_python_makes(problem):
    run = ax.run(problem.source)
    expected = {}
    quiet = contextlib.suppress(RuntimeError)
    with torch.random.fork_rng(), contextlib.redirect_stdout(io.StringIO()), quiet:
        exec(problem.source, expected)  # noqa: S102

    assert set(run.variables) == {"x", "y", "w", "b", "z", "loss"}
    for name, view in run.variables.items():
        tensor = expected[name]
        assert (view.values == tensor.detach().numpy()).all()
        assert view.requires_grad == tensor.requires_grad
        assert view.is_leaf == tensor.is_leaf
        assert view.grad_fn == (tensor.grad_fn and tensor.grad_fn.name())
        if tensor.is_leaf and tensor.grad is not None:
            assert (view.grad == tensor.grad.numpy()).all()


@pytest.mark.parametrize("problem", [ax.Problem(), ax.Problem(7, 2, 9, "normal", "ones", False)])
def test_the_copied_program_prints_the_same_in_a_process_of_its_own(problem):
    alone = subprocess.run([sys.executable, "-c", problem.source], capture_output=True, text=True)

    assert without_addresses(alone.stdout) == without_addresses(ax.run(problem.source).printed)
    assert (alone.returncode == 0) == problem.recording


@pytest.mark.parametrize(
    "seed, row, loss",
    [(2782469188, "0.1518, 0.0519, 0.0011", "0.2601"), (42, "0.3313, 0.0626, 0.2530", "2.2493")],
)
def test_the_presets_print_the_published_digits(seed, row, loss):
    run = ax.run(ax.Problem(seed=seed).source)

    assert run.printed.count(f"[{row}]") == 6  # five rows of w.grad, and b.grad
    assert f"tensor({loss}, " in run.printed


@pytest.mark.parametrize("n_in", [1, 2, 5, 17, 64])
@pytest.mark.parametrize("n_out", [1, 2, 5, 17, 64])
def test_results_and_gradients_equal_plain_pytorch_bit_for_bit(n_in, n_out):
    for seed in (0, 1, 2, 3, 42, 99, 1234, 2782469188, 2**31, 2**32 - 1):
        run = ax.run(ax.Problem(n_in, n_out, seed).source)
        results, leaves = plain_pytorch(n_in, n_out, seed)

        for name, tensor in results.items():
            assert (run.variables[name].values == tensor.detach().numpy()).all()
        for name, leaf in leaves.items():
            assert (run.variables[name].values == leaf.detach().numpy()).all()
            assert (run.variables[name].grad == leaf.grad.numpy()).all()


@pytest.mark.parametrize("n_in", [1, 2, 5, 17, 64])
@pytest.mark.parametrize("n_out", [1, 2, 5, 17, 64])
def test_every_edge_carries_what_autograd_grad_gives(n_in, n_out):
    for seed in (0, 1, 2, 3, 42, 99, 1234, 2782469188, 2**31, 2**32 - 1):
        graph = ax.run(ax.Problem(n_in, n_out, seed).source).graph
        results, _ = plain_pytorch(n_in, n_out, seed)
        z = results["z"].detach().requires_grad_()
        loss = F.binary_cross_entropy_with_logits(z, torch.zeros(n_out))
        (grad_z,) = torch.autograd.grad(loss, z)
        # Every edge behind the loss carries the gradient of z; the last one, that of w.
        by_target = {
            graph.nodes[edge.target].tensor or graph.nodes[edge.target].name: edge.gradient
            for edge in graph.edges
            if edge.target is not None
        }

        assert (by_target.pop("w") == torch.outer(torch.ones(n_in), grad_z).numpy()).all()
        assert len(by_target) == 4
        for gradient in by_target.values():
            assert (gradient.reshape(-1) == grad_z.numpy()).all()


@pytest.mark.parametrize(
    "field, value",
    [
        ("n_in", 0), ("n_in", 65), ("n_in", 5.0), ("n_in", True), ("n_out", -1), ("n_out", "3"),
        ("seed", -1), ("seed", 2**32), ("x", "zeros"), ("x", None), ("y", "ramp"), ("y", []),
        ("recording", 1), ("recording", "on"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named_with_what_is_allowed(field, value):
    with pytest.raises(ax.ProblemError) as caught:
        ax.Problem(**{field: value})

    assert isinstance(caught.value, ValueError)
    assert caught.value.field == field
    assert caught.value.value == value
    assert caught.value.allowed


def test_a_seed_gives_the_same_parameters_under_every_fill_of_x():
    runs = [ax.run(ax.Problem(x=fill).source) for fill in X_FILLS]

    assert all((run.variables["w"].values == runs[0].variables["w"].values).all() for run in runs)
