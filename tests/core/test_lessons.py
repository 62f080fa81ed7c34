"""The programs and questions of the lessons, against plain PyTorch."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

import autograd_explorer as ax
from autograd_explorer import course
from autograd_explorer.course.changes import Edit
from tests.core.reference import without_addresses

ROOT = Path(__file__).parent.parent.parent
SEEDS = range(50)
PROBLEMS = [ax.Problem(1, 1, seed=3), ax.Problem(), ax.Problem(64, 64, x="normal", y="ones")]


def problem(seed):
    return ax.Problem(1 + seed % 7, 1 + seed % 5, seed=seed * 7919, y="alternating")


def tensors(seed):
    p = problem(seed)
    g = torch.Generator().manual_seed(p.seed)
    w = torch.randn(p.n_in, p.n_out, generator=g, requires_grad=True)
    b = torch.randn(p.n_out, generator=g, requires_grad=True)
    return torch.ones(p.n_in), (torch.arange(p.n_out) % 2).float(), w, b


def forward(x, y, w, b):
    z = torch.matmul(x, w) + b
    return z, F.binary_cross_entropy_with_logits(z, y)


def flagged(*args):
    with torch.set_grad_enabled(False):
        return forward(*args)


MODES = {
    "normal": lambda x, y, w, b: forward(x, y, w, b),
    "no_grad": lambda x, y, w, b: torch.no_grad()(forward)(x, y, w, b),
    "inference_mode": lambda x, y, w, b: torch.inference_mode()(forward)(x, y, w, b),
    "detach": lambda x, y, w, b: ((torch.matmul(x, w) + b).detach(), None),
    "frozen": lambda x, y, w, b: forward(x, y, w.requires_grad_(False), b.requires_grad_(False)),
    "eval": lambda x, y, w, b: (torch.nn.Linear(len(x), len(y)).eval()(x), None),
    "enable_inside": lambda x, y, w, b: torch.no_grad()(torch.enable_grad()(forward))(x, y, w, b),
    "flag": lambda x, y, w, b: flagged(x, y, w, b),
}


@pytest.mark.parametrize("mode", course.modes.MODES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_recording_is_pytorchs(mode, seed):
    quiz = course.modes.quiz(ax.run(course.modes.program(problem(seed), mode)))
    with torch.random.fork_rng():
        z, _ = MODES[mode](*tensors(seed))

    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.label == f"{z.requires_grad} {z.is_leaf}"


@pytest.mark.parametrize("clear", course.life.CLEARS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_adding_up_is_pytorchs(clear, seed):
    calls = course.life.CALLS[seed % len(course.life.CALLS)]
    quiz = course.life.quiz(ax.run(course.life.program(problem(seed), calls, clear)), calls)
    x, y, w, b = tensors(seed)
    held = []
    for _ in range(calls):
        forward(x, y, w, b)[1].backward()
        held.append(b.grad.clone())
        if clear != "never":
            b.grad = None
    ratio = round((held[-1].abs().sum() / held[0].abs().sum()).item())

    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.label == f"{ratio} ×"


def test_nobody_is_asked_how_many_times_zero_a_gradient_is():
    certain = ax.Problem(64, 1, seed=185, y="ones")  # σ(z) is 1 in float32

    assert course.life.quiz(ax.run(course.life.program(certain, 3, "never")), 3) is None


@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_leaves_is_pytorchs(seed):
    quiz = course.leaf.quiz(ax.run(course.leaf.program(problem(seed))))
    scope = {"print": lambda *_: None}
    with torch.random.fork_rng():
        exec(course.leaf.program(problem(seed)), scope)  # noqa: S102
    filled = [f"{n}.grad" for n in ("z", "kept", "moved", "apart") if scope[n].grad is not None]

    assert [option.label for option in quiz.options if option.right] == filled
    assert len(filled) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_the_order_is_the_engines_and_the_chain_rule_holds(seed):
    run = ax.run(course.backward.program(problem(seed)))
    quiz, meeting = course.backward.quiz(run.graph), course.backward.meeting(run)
    x, y, w, b = tensors(seed)
    z, error = forward(x, y, w, b)
    penalty = z.norm()
    ran = []
    for name, tensor in (("z", z), ("error", error), ("penalty", penalty)):
        tensor.grad_fn.register_prehook(lambda _, name=name: ran.append(name))
    b.register_post_accumulate_grad_hook(lambda _: ran.append("b"))
    ways = [torch.autograd.grad(t, z, retain_graph=True)[0][0].item() for t in (error, penalty)]
    ran.clear()
    (error + penalty).backward()

    assert quiz.facts["first"] == ran[0]
    (right,) = [option for option in quiz.options if option.right]
    assert right.facts["name"] == ran[1]
    assert run.graph.nodes[int(right.place.removeprefix("node-"))].tensor == ran[1]
    waits = run.graph.nodes[run.graph.order[quiz.facts["place"] - 1]]
    assert waits.tensor == "z" and ran.index("z") == 2
    assert (meeting.error, meeting.penalty) == pytest.approx(ways, abs=1e-6)
    assert meeting.total == pytest.approx(sum(ways), abs=1e-6)
    assert meeting.w_grad == pytest.approx(w.grad[0, 0].item(), abs=1e-6)
    assert meeting.total * meeting.x == pytest.approx(meeting.w_grad, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_a_gradient_is_what_the_loss_does_when_the_number_is_raised(seed):
    run = ax.run(course.gradient.program(problem(seed)))
    quiz = course.gradient.quiz(run)
    x, y, w, b = tensors(seed)
    forward(x, y, w, b)[1].backward()
    x, y, before, b = (t.detach().double() for t in (x, y, w, b))
    moved = before.clone()
    moved[0, 0] += 0.01
    change = (forward(x, y, moved, b)[1] - forward(x, y, before, b)[1]).item()

    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.words == ("rises" if change > 0 else "falls")
    by = float(quiz.answer.facts["by"])
    assert by == pytest.approx(abs(change), rel=0.05)
    assert by == pytest.approx(0.01 * abs(w.grad[0, 0].item()), rel=0.15)
    words = [option.words for option in quiz.options]
    assert len(set(words)) == 4 and f"{quiz.answer.words}_much" in words


def test_nobody_is_asked_which_way_a_flat_curve_goes():
    certain = ax.Problem(64, 1, seed=185, y="ones")  # σ(z) is 1 in float32

    assert course.gradient.quiz(ax.run(course.gradient.program(certain))) is None


@pytest.mark.parametrize("recording", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_the_forward_pass_is_the_first_line_whose_result_has_a_node(seed, recording):
    p = replace(problem(seed), recording=recording)
    run = ax.run(course.forward.program(p))
    quiz = course.forward.quiz(run)
    x, y, w, b = tensors(seed)
    with torch.set_grad_enabled(recording):
        made = {"half": x / 2}
        made["z"], made["loss"] = forward(made["half"], y, w, b)
    recorded = [name for name, tensor in made.items() if tensor.grad_fn is not None]

    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.label.split(" =")[0] == (recorded[0] if recorded else "")
    for one in course.forward.written(run):
        tensor = made[one.makes]
        assert one.requires_grad is tensor.requires_grad
        last = tensor.grad_fn.name() if tensor.grad_fn is not None else None
        assert (one.nodes[-1] if one.nodes else None) == last


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_step_sizes_is_the_smallest_error(seed):
    run = ax.run(course.proofs.program(problem(seed)))
    quiz = course.proofs.quiz(run)
    x, y, w, b = tensors(seed)
    exact_w = w.detach().double().requires_grad_()
    loss = forward(x.double(), y.double(), exact_w, b.detach().double())[1]
    (exact,) = torch.autograd.grad(loss, exact_w)

    def error(power, *tensors):
        x, y, w, b = tensors
        up, down = w.clone(), w.clone()
        up[0, 0] += 10.0**-power
        down[0, 0] -= 10.0**-power
        rise = forward(x, y, up, b)[1] - forward(x, y, down, b)[1]
        return abs(rise.double() / (2 * 10.0**-power) - exact[0, 0]).item()

    single = [t.detach() for t in (x, y, w, b)]
    double = [t.double() for t in single]
    best = min((1, 4, 7, 10), key=lambda power: error(power, *double))
    moved = [
        power for power in course.proofs.POWERS if error(power, *single) != abs(exact[0, 0]).item()
    ]
    assert course.proofs.unnoticed_from(run) == (None if 12 in moved else max(moved, default=0) + 1)
    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.label == f"1e-{best}"


@pytest.mark.parametrize("vector", course.vectors.VECTORS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_passes_is_the_number_of_outputs_and_the_jacobian_pytorchs(vector, seed):
    run = ax.run(course.vectors.program(problem(seed), vector))
    quiz = course.vectors.quiz(run)
    x, _, w, b = (t.detach() for t in tensors(seed))
    expected = torch.autograd.functional.jacobian(lambda x: torch.sigmoid(x @ w + b), x)
    v = torch.tensor(run.tensor("v").values)

    assert [option.right for option in quiz.options].count(True) == 1
    assert quiz.answer.label == str(len(expected))
    torch.testing.assert_close(torch.tensor(run.tensor("jacobian").values), expected)
    torch.testing.assert_close(torch.tensor(run.tensor("pulled").values), v @ expected)
    assert run.printed.startswith("True\nTrue\n")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_training_is_pytorchs(seed):
    optimizer = list(course.training.OPTIMIZERS)[seed % 3]
    rate = course.training.RATES[seed % len(course.training.RATES)]
    run = ax.run(course.training.program(problem(seed), optimizer, rate, 20))
    x, y, w, b = tensors(seed)
    made = {
        "sgd": lambda: torch.optim.SGD([w, b], lr=float(rate)),
        "momentum": lambda: torch.optim.SGD([w, b], lr=float(rate), momentum=0.9),
        "adam": lambda: torch.optim.Adam([w, b], lr=float(rate)),
    }[optimizer]()
    losses = []
    for _ in range(20):
        loss = F.mse_loss(torch.matmul(x, w) + b, y)
        made.zero_grad()
        loss.backward()
        made.step()
        losses.append(loss.item())
    finite = abs(losses[-1]) < float("inf")
    right = "lost" if not finite else "smaller" if losses[-1] < losses[0] else "larger"

    quiz = course.training.quiz(run, 20)
    assert quiz.answer.label == right
    assert [o.right for o in quiz.options].count(True) == 1
    assert quiz.facts == {"steps": 20, "first": f"{losses[0]:.4g}"}
    assert quiz.answer.facts["last"].lower() == f"{losses[-1]:.4g}"


@pytest.mark.parametrize("skip", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_on_deep_chains_is_pytorchs(skip, seed):
    activation = course.deep.ACTIVATIONS[seed % 3]
    depth = int(course.deep.DEPTHS[seed % 4])
    run = ax.run(course.deep.program(problem(seed), depth, activation, "xavier", skip=skip))
    g = torch.Generator().manual_seed(problem(seed).seed)
    width = course.deep.WIDTH
    weights = [
        ((1 / width) ** 0.5 * torch.randn(width, width, generator=g)).requires_grad_()
        for _ in range(depth)
    ]
    h = torch.randn(32, width, generator=g)
    layers = []
    for weight in weights:
        a = getattr(torch, activation)(h @ weight)
        h = h + a if skip else a
        layers.append(h)
    loss = h.pow(2).mean()
    found = [grad.double().norm() for grad in torch.autograd.grad(loss, [*layers, *weights])]
    norms, weight_norms = torch.stack(found[:depth]), torch.stack(found[depth:])
    label = "norms[0] < norms[-1]" if norms[0] < norms[-1] else "norms[0] > norms[-1]"

    assert course.deep.quiz(run).answer.label == label
    assert [o.right for o in course.deep.quiz(run).options].count(True) == 1
    torch.testing.assert_close(torch.tensor(run.tensor("norms").values), norms)
    torch.testing.assert_close(torch.tensor(run.tensor("weight_norms").values), weight_norms)


def test_every_program_of_a_lesson_prints_the_same_under_plain_python(tmp_path):
    programs = {}
    for i, p in enumerate(PROBLEMS):
        programs |= {f"mode-{m}-{i}": course.modes.program(p, m) for m in course.modes.MODES}
        programs |= {f"life-{c}-{i}": course.life.program(p, 4, c) for c in course.life.CLEARS}
        programs |= {
            f"second-{r}-{i}": course.life.second_backward_program(p, retain=r)
            for r in (True, False)
        }
        programs[f"gradient-{i}"] = course.gradient.program(p)
        dragged = (Edit("w", (0, 0), 1.5), Edit("b", (0,), -2.0))
        programs[f"dragged-{i}"] = course.gradient.program(p, dragged)
        programs[f"forward-{i}"] = course.forward.program(p)
        programs[f"off-{i}"] = course.forward.program(replace(p, recording=False))
        programs[f"steps-{i}"] = course.backward.program(p)
        programs[f"leaf-{i}"] = course.leaf.program(p)
        programs[f"deleted-{i}"] = course.life.deleted_program(p)
        programs[f"own-{i}"] = course.vectors.program(p, "own", (0.5, -2.0))
        programs[f"proof-{i}"] = course.proofs.program(p)
        programs |= {
            f"vector-{v}-{i}": course.vectors.program(p, v) for v in course.vectors.VECTORS
        }
        programs |= {
            f"training-{o}-{r}-{i}": course.training.program(p, o, r, 20)
            for o in course.training.OPTIMIZERS
            for r in course.training.RATES
        }
        programs |= {
            f"deep-{a}-{n}-{i}": course.deep.program(p, 16, a, n, skip=n == "large")
            for a in course.deep.ACTIVATIONS
            for n in course.deep.INITS
        }
    paths = [tmp_path / f"{name}.py" for name in programs]
    for path in paths:
        path.write_text(programs[path.stem], encoding="utf-8")

    command = [sys.executable, "-m", "tests.core.plain_python", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    printed = json.loads(done.stdout)

    for path in paths:
        run = ax.run(programs[path.stem])
        expected, code = printed[str(path)]
        assert without_addresses(run.printed) == without_addresses(expected), path.stem
        assert (code != 0) == (run.error is not None), path.stem


def test_the_warning_of_a_missing_grad_is_pytorchs_own():
    with pytest.warns(UserWarning) as caught:
        _ = (torch.ones(1, requires_grad=True) * 2).grad

    assert ax.leaf_warning()
    assert str(caught[0].message).startswith(ax.leaf_warning())


def test_the_columns_of_the_jacobian_are_found_in_forward_mode(monkeypatch):
    made = []
    make_dual = torch.autograd.forward_ad.make_dual

    def noting(*args, **options):
        made.append(args)
        return make_dual(*args, **options)

    monkeypatch.setattr(torch.autograd.forward_ad, "make_dual", noting)
    run = ax.run(course.vectors.program(ax.Problem(2, 3), "ones"))

    assert run.error is None
    assert len(made) == course.vectors.passes(run, "column") == 2
    assert course.vectors.passes(run, "row") == 3
