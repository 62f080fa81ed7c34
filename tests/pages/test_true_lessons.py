"""At the ends of the dials, what a page says of its run is what plain PyTorch does."""

import contextlib
import io
import math
from pathlib import Path

import pytest
import torch

import autograd_explorer as ax
import texts
from autograd_explorer import course
from autograd_explorer.course.numbers import power_of_ten, raised, scientific
from components.address import EXAMPLES
from components.prose import TERM
from tests.pages.reading import callouts, everything_said, payloads, row_of
from tests.pages.test_lessons import opened

FOLDER = Path(__file__).parents[2] / "pages/play/examples"
PROGRAMS = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in EXAMPLES}
PROBLEMS = (
    ax.Problem(),
    ax.Problem(1, 1, seed=3),
    ax.Problem(64, 1, seed=185, y="ones"),  # σ(z) is 1 in float32: every gradient is 0
    ax.Problem(2, 64, x="ramp", y="alternating"),
    ax.Problem(64, 64, x="normal", y="ones"),
)


def seen(page, problem=PROBLEMS[0], **dials):
    """The page, everything on it, and its words as they stand there; the languages take turns."""
    lang = texts.LANGUAGES[(problem.n_in + len(dials)) % 2]
    words, glossary = texts.for_page(page, lang), texts.for_page("glossary", lang)

    def say(key, **facts):
        """A text as it stands there, with its terms as words."""
        text = TERM.sub(lambda term: term[2] or glossary(f"term_{term[1]}"), words(key, **facts))
        return text.replace("`", "")

    at = {key: str(getattr(problem, key)) for key in ("n_in", "n_out", "seed", "x", "y")}
    app = opened(page, lang, **at, **dials)
    assert not app.exception
    return app, everything_said(app), say


def ran(program):
    """The variables that a program leaves under plain PyTorch, its output, and what stopped it."""
    scope, out, error = {}, io.StringIO(), None
    with torch.random.fork_rng(), contextlib.redirect_stdout(out):
        try:
            exec(program, scope)  # noqa: S102
        except RuntimeError as raised:
            error = raised
    return scope, out.getvalue(), error


def the_one(said, say, keys, **facts):
    """The one of several sentences that stands on the page."""
    (found,) = [key for key in keys if say(key, **facts) in said]
    return found


def cause(key, lang, **facts):
    """The sentence of the diagnosis for a cause, as it is read."""
    glossary = texts.for_page("glossary", lang)
    text = texts.for_page("diagnosis", lang)(f"cause_{key}", **facts).replace("`", "")
    return TERM.sub(lambda term: term[2] or glossary(f"term_{term[1]}"), text)


def nodes_behind(tensor):
    found = [tensor.grad_fn]
    for node in found:
        found += [n for n, _ in node.next_functions if n is not None and n not in found]
    return found


def saved_storages(nodes):
    """Bytes of the tensors that nodes hold, each memory once."""
    held = {}
    for node in nodes:
        for name in dir(node):
            value = getattr(node, name) if name.startswith("_saved_") else None
            if isinstance(value, torch.Tensor):
                held[value.untyped_storage().data_ptr()] = value.nbytes
    return sum(held.values())


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_explorer_says_how_the_rows_of_this_gradient_are_related(problem):
    _, said, say = seen("explorer", problem)
    forward, _, _ = ran(problem.source.replace("loss.backward()", ""))
    scope, _, _ = ran(problem.source)
    x, w, b = (scope[name] for name in ("x", "w", "b"))
    gap = (w.grad.double() - x.double()[:, None] * b.grad.double()).abs().max().item()
    keys = ("why_zero", "why_identical", "why_single_one", "why_scaled", "why_scaled_single")
    key = the_one(said, say, keys, rows=len(w), gap=f"{gap:.1e}")

    zero, alike = not w.grad.any(), bool((w.grad == b.grad).all())
    assert (key == "why_zero") is zero
    assert key not in ("why_identical", "why_single_one") or (alike and bool((x == 1).all()))
    assert key != "why_scaled" or not (w.grad == w.grad[0]).all()
    assert zero or key.endswith(("single", "one")) is (len(w) == 1)
    nodes = nodes_behind(forward["loss"])
    assert say("saved_cost", bytes=saved_storages(nodes)) in said
    (product,) = [node for node in nodes if node.name() == "MmBackward0"]
    assert product._saved_mat2 is None and say("none_explained") in said
    assert say("proof_intro") in said and say("tensors_note") in said


def test_without_recording_nothing_is_said_of_gradients_that_are_not_there():
    _, said, say = seen("explorer", recording="off")

    assert say("proof_intro_off") in said and say("proof_intro") not in said
    assert say("tensors_note_off") in said
    assert any(cause("cut_no_grad", lang, name="w, b", line=9) in said for lang in texts.LANGUAGES)
    assert say("saved_cost", bytes=0) not in said and say("none_explained") not in said


@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize("problem", PROBLEMS[:3])
def test_the_table_of_leaves_and_the_line_name_what_has_a_gradient(problem):
    app, _, say = seen("leaf", problem)
    scope, _, _ = ran(course.leaf.program(problem))
    (program,) = payloads(app)["program_view"]
    (note,) = [line["note"] for line in program["lines"] if "kept.grad" in line.get("note", "")]

    for name in ("w", "z", "kept", "moved", "apart", "whole"):
        assert (row_of(app, name)[4] == say("filled")) is (scope[name].grad is not None), name
    for name in ("w", "b", "kept"):
        assert f"{name}.grad" in note
    # The leaf behind moved has no name.
    unnamed = (
        texts.for_page("program", lang)("filled_unnamed", count=1) for lang in texts.LANGUAGES
    )
    assert any(told in note for told in unnamed)


@pytest.mark.parametrize("problem", PROBLEMS[:3])
@pytest.mark.parametrize("clear", course.life.CLEARS)
def test_the_life_of_a_graph_is_told_as_it_went(problem, clear):
    _, said, say = seen("life", problem, calls="3", clear=clear)
    first = ran(course.life.program(problem, 1, clear))[0]["total"]
    total = ran(course.life.program(problem, 3, clear))[0]["total"]
    _, printed, freed = ran(course.life.second_backward_program(problem, retain=False))
    again, _, error = ran(course.life.second_backward_program(problem, retain=True))

    told = the_one(said, say, ("notice_never", "notice_cleared"))
    torch.testing.assert_close(total, first * 3 if told == "notice_never" else first)
    assert say("notice_freed") in said and say("notice_retained") in said
    assert freed is not None and "have already been freed" in printed
    assert error is None
    torch.testing.assert_close(again["b"].grad, first * 2)


@pytest.mark.parametrize("mode", course.modes.MODES)
def test_what_is_said_of_a_way_of_recording_is_so(mode):
    app, said, say = seen("modes", mode=mode)
    source = course.modes.program(PROBLEMS[0], mode)
    scope, _, error = ran(source)
    z, loss = (ran(source.replace("loss.backward()", ""))[0][name] for name in ("z", "loss"))
    nodes = nodes_behind(loss) if loss.grad_fn is not None else []
    row = row_of(app, say(f"mode_{mode}") + " ◀")

    assert say(f"about_{mode}") in said
    assert row[1:3] == [str(scope["z"].requires_grad), str(scope["z"].is_leaf)]
    assert row[4:6] == [str(len(nodes)), str(saved_storages(nodes))]
    assert (row[6] == say("works")) is (error is None)
    recorded = mode in ("normal", "eval", "enable_inside")
    assert bool(nodes) is recorded is z.requires_grad is not z.is_leaf
    assert z.is_inference() is (mode == "inference_mode")


def test_the_reason_given_for_a_wrong_answer_is_true_of_this_run():
    for mode in course.modes.MODES:
        run = ax.run(course.modes.program(PROBLEMS[0], mode))
        z, quiz = run.tensor("z"), course.modes.quiz(run)
        reasons = {option.why for option in quiz.options}

        # What no tensor can be, what none that was computed can be, and what this one is.
        truth = f"modes_{z.requires_grad}_{z.is_leaf}".lower()
        assert reasons == {"modes_true_true", "modes_false_false", truth}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_two_curves_are_read_as_they_run(problem):
    _, said, say = seen("proofs", problem)
    scope, _, _ = ran(course.proofs.program(problem))
    (single, double), exact = scope["errors"], scope["exact"][0, 0].abs()
    large, small = double[:2].tolist()
    facts = {"large": scientific(large), "small": scientific(small)}

    key = the_one(said, say, ("notice", "notice_flat"), **facts)
    assert (key == "notice") is (50 * small < large < 200 * small)
    curves = {"single": single, "double": double}
    best = {name: power_of_ten(-1 - int(curve.argmin())) for name, curve in curves.items()}
    assert say("best", **best) in said
    still = [power for power in course.proofs.POWERS if bool((single[power - 1 :] == exact).all())]
    facts = {"power": power_of_ten(-still[0]), "gradient": scientific(exact)} if still else {}
    assert (not still or say("still", **facts) in said) and (
        bool(still) or course.proofs.unnoticed_from(ax.run(course.proofs.program(problem))) is None
    )


@pytest.mark.parametrize("problem", PROBLEMS[:4])
def test_the_passes_counted_and_the_second_derivative_are_pytorchs(problem):
    _, said, say = seen("vectors", problem, vector="ramp")
    source = course.vectors.program(problem, "ramp")
    scope, printed, _ = ran(source)
    x, f = scope["x"].detach(), scope["f"]
    hessian = torch.autograd.functional.hessian(lambda x: f(x).sum(), x)
    answers = printed.split("\n")[:2]

    assert say("notice", rows=len(scope["rows"]), columns=len(scope["columns"])) in said
    assert say("agree", first=answers[0], second=answers[1]) in said
    key = the_one(said, say, [f"cheaper_{way}" for way in ("even", "reverse", "forward")])
    n_out, n_in = scope["jacobian"].shape
    assert key == (
        "cheaper_even" if n_in == n_out else f"cheaper_{'reverse' if n_out < n_in else 'forward'}"
    )
    torch.testing.assert_close(scope["x"].grad, hessian.sum(dim=0))
    assert scope["w"].grad is not None and scope["b"].grad is not None


@pytest.mark.parametrize(
    "optimizer, rate, steps",
    [
        ("sgd", "0.01", "5"),
        ("sgd", "10.0", "60"),
        ("momentum", "10.0", "20"),
        ("adam", "1.0", "60"),
    ],
)
@pytest.mark.parametrize("problem", (PROBLEMS[0], PROBLEMS[1], PROBLEMS[3]))
def test_training_says_where_it_diverges_and_what_becomes_of_the_gradient(
    problem, optimizer, rate, steps
):
    app, said, say = seen("training", problem, optimizer=optimizer, rate=rate, steps=steps)
    watched = course.training.program(problem, optimizer, rate, int(steps)).replace(
        "    loss.backward()",
        "    loss.backward()\n    seen.append((loss.item(), w.grad.abs().max()))",
    )
    scope, _, _ = ran("seen = []\n" + watched)
    losses, sizes = zip(*((loss, size.item()) for loss, size in scope["seen"]), strict=True)
    infinite = [i for i, loss in enumerate(losses) if math.isinf(loss)]
    undefined = [i for i, loss in enumerate(losses) if math.isnan(loss)]

    told = [text for kind, text in callouts(app) if kind == "wrong"]
    if infinite and undefined:
        assert told == [say("lost_both", inf=infinite[0], nan=undefined[0])]
    elif infinite:
        assert told == [say("lost_inf", inf=infinite[0])]
    else:
        assert told == [] == undefined
    key = the_one(said, say, [f"gradient_{way}" for way in ("rises", "settles", "stays")])
    finite = [size for size in sizes if math.isfinite(size)]
    assert (key == "gradient_rises") is (max(finite) > 10 * sizes[0])
    if key != "gradient_rises":
        assert (key == "gradient_settles") is (sizes[-1] < sizes[0])


@pytest.mark.parametrize(
    "depth, activation, init, residual",
    [
        ("2", "sigmoid", "small", "off"),
        ("32", "sigmoid", "xavier", "on"),
        ("32", "relu", "small", "off"),
        ("32", "relu", "large", "off"),
        ("32", "tanh", "small", "off"),
    ],
)
def test_the_deep_lesson_plots_and_says_the_norms_of_the_gradient(
    depth, activation, init, residual
):
    dials = {"depth": depth, "activation": activation, "init": init, "residual": residual}
    app, said, say = seen("deep", **dials)
    program = course.deep.program(ax.Problem(), int(depth), activation, init, skip=residual == "on")
    scope, _, _ = ran(program)
    norms = torch.stack([h.grad.double().norm() for h in scope["layers"]])
    weights = [weight.grad.double().norm().item() for weight in scope["weights"]]
    missing = int((~(norms.isfinite() & (norms > 0))).sum())
    (chart,) = payloads(app)["series"]
    ends = [{"first": scientific(n[0], 2), "last": scientific(n[-1], 2)} for n in (norms, weights)]

    assert say("norms", **ends[0]) in said and say("weights", **ends[1]) in said
    places = [place for ((place, _),) in chart["panels"][0]["cells"]]
    assert places.count(None) == missing
    assert len(chart["ticks"]) >= 2
    assert (say("missing", count=missing) in said) is (missing > 0)
    if activation == "relu":
        dead = sum(int(count) for count in scope["dead"])
        assert say("dead", count=dead, all=int(depth) * course.deep.WIDTH) in said
    if activation == "sigmoid":
        share = scientific(0.25 ** int(depth))
        assert say("about_sigmoid", depth=depth, power=raised(int(depth)), share=share) in said
    quiz = course.deep.quiz(ax.run(program))
    assert (quiz.answer.why == "deep_smaller") is bool(norms[0] < norms[-1])
    assert (quiz.answer.why == "deep_larger") is bool(norms[0] > norms[-1])


def test_what_is_said_of_the_examples_is_so():
    half, _, _ = ran(PROGRAMS["detach"])
    a = half["a"].detach()
    assert torch.equal(2 * half["a"].grad, 4 * a**3)
    masked, _, _ = ran(PROGRAMS["attention_head"].replace("mask =", "scores.retain_grad()\nmask ="))
    assert not masked["scores"].grad[masked["mask"]].any()
    shared = ax.run(PROGRAMS["shared_weights"]).backwards[-1]
    (leaf,) = [node.id for node in shared.nodes if node.tensor == "w" and node.kind == "leaf"]
    assert sum(edge.target == leaf for edge in shared.edges) == 2
    error = ax.run(PROGRAMS["in_place"]).error
    assert error is not None and "is at version" in error.message
    branch = ax.run(PROGRAMS["branch"])
    shapes = [tuple(node.name for node in graph.nodes) for graph in branch.backwards]
    assert len(set(shapes)) == 2
    own = ax.run(PROGRAMS["custom_function"]).backwards[-1]
    assert len([n for n in own.nodes if n.kind == "operation" and "Backward0" not in n.name]) == 1
