"""Training is four moves, over and over: forward, backward, step, zero."""

import math

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Path
from autograd_explorer.course.source_text import source, under
from autograd_explorer.records import Run

OPTIMIZERS = ("sgd", "momentum", "adam")

RATES = ("0.01", "0.1", "0.4", "1.0", "10.0")

STEPS = ("5", "20", "60", "240")

VIEWS = ("map", "solid")

GRID = 21


def program(problem: Problem, optimizer: str, rate: str, steps: int) -> str:
    """Training by the mean squared error, with everything that moves written down.

    Leaves losses (steps,), ws and grads (steps, n_in, n_out), biases (steps,) of b[0], and
    surface (21, 21): the loss over w[0, 0] (rows, at across) and b[0] (columns, at along), the
    other parameters as they are in the end.
    Raises:  KeyError, for an optimizer that does not exist
    """
    made = {
        "sgd": f"torch.optim.SGD([w, b], lr={rate})",
        "momentum": f"torch.optim.SGD([w, b], lr={rate}, momentum=0.9)",
        "adam": f"torch.optim.Adam([w, b], lr={rate})",
    }[optimizer]
    shape = f"{problem.n_in}, {problem.n_out}"
    return source(
        *problem.setup,
        "",
        f"optimizer = {made}",
        "losses, biases, ws, grads = [], [], [], []",
        "",
        *under(
            f"for step in range({steps}):",
            "z = torch.matmul(x, w) + b",
            "loss = F.mse_loss(z, y)",
            "loss.backward()",
            "losses.append(loss.item())",
            "biases.append(b[0].item())",
            "ws.append(w.detach().clone())",
            "grads.append(w.grad.clone())",
            "optimizer.step()",
            "optimizer.zero_grad()",
        ),
        "print(losses[0], losses[-1])",
        "",
        "losses, biases = torch.tensor(losses), torch.tensor(biases)",
        "ws, grads = torch.stack(ws), torch.stack(grads)",
        "path = ws[:, 0, 0]",
        f"across = torch.linspace(path.min().item() - 1, path.max().item() + 1, {GRID})",
        f"along = torch.linspace(biases.min().item() - 1, biases.max().item() + 1, {GRID})",
        *under(
            "with torch.no_grad():",
            f"many = w.expand({GRID}, {shape}).clone()",
            "many[:, 0, 0] = across",
            f"base = torch.matmul(x, many).unsqueeze(1) + b.expand({GRID}, -1)",
            f"base = base.expand({GRID}, {GRID}, -1).clone()",
            "base[:, :, 0] += along - b[0]",
            "surface = ((base - y) ** 2).mean(-1)",
        ),
    )


def diverged_at(run: Run) -> int | None:
    """The first step of a program whose loss is no finite number, or None."""
    losses = run.tensor("losses").values
    return next((step for step, loss in enumerate(losses) if not math.isfinite(loss)), None)


def quiz(run: Run) -> Quiz:
    """Is the loss smaller, larger, or no number any more?"""
    first, last = (float(run.tensor("losses").values[i]) for i in (0, -1))
    outcome = "lost" if not math.isfinite(last) else "smaller" if last < first else "larger"
    facts = {"first": f"{first:.4g}", "last": f"{last:.4g}"}
    return Quiz(
        "quiz_training",
        tuple(
            Option(
                label,
                key == outcome,
                f"training_{outcome}",
                facts,
            )
            for key, label in (
                ("smaller", "losses[-1] < losses[0]"),
                ("larger", "losses[-1] >= losses[0]"),
                ("lost", "inf, nan"),
            )
        ),
        {"steps": len(run.tensor("losses").values)},
    )


def sketch(run: Run) -> Path:
    surface, rows, columns = (run.tensor(name).values for name in ("surface", "across", "along"))
    return Path(
        surface, rows, columns, (run.tensor("ws").values[:, 0, 0], run.tensor("biases").values)
    )


LESSON = Lesson(
    program=lambda: program(Problem(), "sgd", "0.1", 20),
    sketch=sketch,
    place=8,
    choices={
        "optimizer": Choice(OPTIMIZERS),
        "rate": Choice(RATES, usual="0.1"),
        "steps": Choice(STEPS, usual="20"),
        "view": Choice(VIEWS),
    },
)
