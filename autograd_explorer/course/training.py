"""Every step goes against the gradient: small ones find the way down, large ones fly off."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Path
from autograd_explorer.course.source_text import source, under
from autograd_explorer.explaining.descent import Descent, descend, loss_map
from autograd_explorer.records import Run, TensorView

# The class of torch.optim, and what it takes besides the learning rate.
OPTIMIZERS: Mapping[str, tuple[str, Mapping[str, float]]] = MappingProxyType(
    {"sgd": ("SGD", {}), "momentum": ("SGD", {"momentum": 0.9}), "adam": ("Adam", {})}
)

RATES = ("0.01", "0.1", "0.4", "1.0", "10.0")

STEPS = ("5", "20", "60", "240")

VIEWS = ("map", "solid")


def program(problem: Problem, optimizer: str, rate: str, steps: int) -> str:
    """Training by the mean squared error.

    Raises:  KeyError, for an optimizer that does not exist
    """
    name, options = OPTIMIZERS[optimizer]
    more = "".join(f", {key}={value}" for key, value in options.items())
    return source(
        *problem.setup,
        "",
        f"optimizer = torch.optim.{name}([w, b], lr={rate}{more})",
        "",
        *under(
            f"for step in range({steps}):",
            "z = torch.matmul(x, w) + b",
            "loss = F.mse_loss(z, y)",
            "loss.backward()",
            "optimizer.step()",
            "optimizer.zero_grad()",
            "print(step, loss.item())",
        ),
    )


# How the lines begin that this is about.
MATTERS = (
    "optimizer", "for step", "z =", "loss =", "loss.backward", "optimizer.step",
    "optimizer.zero_grad",
)  # fmt: skip


def race(run: Run, rate: str, steps: int, kept: Sequence[int]) -> dict[str, Descent]:
    """What each optimizer does at one rate, from where a run began."""
    return {
        key: descend(run, name, {"lr": float(rate), **options}, steps, kept)
        for key, (name, options) in OPTIMIZERS.items()
    }


def ends_of(run: Run) -> tuple[float, float]:
    """The loss of a run at its first step and at its last one."""
    views = [view for s in run.statements for name, view in s.assigned.items() if name == "loss"]
    losses = [float(view.values) for view in views if isinstance(view, TensorView)]
    return losses[0], losses[-1]


def overflow(descent: Descent) -> tuple[int | None, int | None]:
    """The first step whose loss is infinite, and the first whose loss is NaN; None for never."""
    losses = descent.losses.tolist()
    return (
        next((step for step, loss in enumerate(losses) if math.isinf(loss)), None),
        next((step for step, loss in enumerate(losses) if math.isnan(loss)), None),
    )


def lowest(race: Mapping[str, Descent]) -> str | None:
    """Who ends with the smallest loss; None where nobody's is finite, or the smallest is shared."""
    ends = {key: float(descent.losses[-1]) for key, descent in race.items()}
    there = sorted((loss, key) for key, loss in ends.items() if math.isfinite(loss))
    if not there or (len(there) > 1 and there[0][0] == there[1][0]):
        return None
    return there[0][1]


def quiz(run: Run, steps: int) -> Quiz:
    """Is the last loss smaller, or not, or no finite number any more?"""
    first, last = ends_of(run)
    outcome = "lost" if not math.isfinite(last) else "smaller" if last < first else "larger"
    facts = {"first": f"{first:.4g}", "last": f"{last:.4g}".replace("nan", "NaN")}
    return Quiz(
        "quiz_training",
        tuple(
            Option(key, key == outcome, f"training_{outcome}", facts, words=f"becomes_{key}")
            for key in ("smaller", "larger", "lost")
        ),
        {"steps": steps, "first": facts["first"]},
    )


def sketch(run: Run) -> Path:
    around = loss_map(run)
    across, up = descend(run, "Adam", {"lr": 0.1}, 20).path.T
    return Path(around.losses[::2, ::2], around.up[::2], around.across[::2], (up, across))


LESSON = Lesson(
    program=lambda: program(Problem(), "sgd", "0.1", 20),
    sketch=sketch,
    place=7,
    choices={
        "optimizer": Choice(tuple(OPTIMIZERS)),
        "rate": Choice(RATES, usual="0.1"),
        "steps": Choice(STEPS, usual="20"),
        "view": Choice(VIEWS),
    },
)
