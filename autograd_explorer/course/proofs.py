"""A gradient can be checked in three ways, and finite differences have a best step size."""

import numpy as np

from autograd_explorer.course.lesson import Lesson
from autograd_explorer.course.numbers import scientific
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Curve
from autograd_explorer.course.source_text import source, under
from autograd_explorer.records import Run

POWERS = range(1, 13)


def program(problem: Problem) -> str:
    """One derivative three ways: autograd, by hand, and finite differences of every step size.

    Leaves quotients and errors (2, 12) in float64: the differences in float32 and in float64, by
    power of ten, and how far each is off.
    """
    return source(
        *problem.setup,
        "",
        *under(
            "def loss_of(w, b, x, y):",
            "z = torch.matmul(x, w) + b",
            "return F.binary_cross_entropy_with_logits(z, y)",
        ),
        "",
        "loss = loss_of(w, b, x, y)",
        "loss.backward()",
        "by_autograd = w.grad[0, 0]",
        f"by_hand = x[0] * (torch.sigmoid(x @ w + b) - y)[0] / {problem.n_out}",
        "",
        "exact_w = w.detach().double().requires_grad_()",
        "constants = b.detach().double(), x.double(), y.double()",
        "(exact,) = torch.autograd.grad(loss_of(exact_w, *constants), exact_w)",
        "print(by_autograd.item(), by_hand.item(), exact[0, 0].item())",
        "print(torch.autograd.gradcheck(lambda v: loss_of(exact_w + v, *constants),",
        "                               torch.zeros(1, dtype=torch.float64, requires_grad=True)))",
        "",
        f"quotients = torch.zeros(2, {len(POWERS)}, dtype=torch.float64)",
        *under(
            "for row, dtype in enumerate((torch.float32, torch.float64)):",
            "w_, b_, x_, y_ = (t.to(dtype) for t in (exact_w.detach(), *constants))",
            "corner = torch.zeros_like(w_)",
            "corner[0, 0] = 1",
            *under(
                f"for power in range({POWERS.start}, {POWERS.stop}):",
                "step = 10.0 ** -power",
                "nudge = step * corner",
                "rise = loss_of(w_ + nudge, b_, x_, y_) - loss_of(w_ - nudge, b_, x_, y_)",
                "quotients[row, power - 1] = rise.double() / (2 * step)",
            ),
        ),
        "errors = (quotients - exact[0, 0]).abs()",
        "print(errors)",
    )


# How the lines begin that this is about.
MATTERS = ("by_", "for power", "step", "rise", "quotients[", "errors")
# How many steps are given before the question: the first ones, where nothing has turned yet.
GIVEN = 2


def quiz(run: Run) -> Quiz:
    """Which of four step sizes has the smallest error in float64?"""
    errors = run.tensor("errors").values[1]
    powers = (1, 4, 7, 10)
    best = min(powers, key=lambda power: float(errors[power - POWERS.start]))

    def why(power: int) -> str:
        if power == best:
            return "proofs_best"
        return "proofs_large" if power < best else "proofs_small"

    return Quiz(
        "quiz_proofs",
        tuple(
            Option(
                f"1e-{power}",
                power == best,
                why(power),
                {"error": scientific(float(errors[power - POWERS.start]))},
                f"proofs_step_{power}",
            )
            for power in powers
        ),
    )


def unnoticed_from(run: Run) -> int | None:
    """The power from which on no step of a program changes the loss in float32, if any: the
    quotient is 0 then, and the error the gradient."""
    errors, exact = run.tensor("errors").values[0], abs(float(run.tensor("exact").values[0, 0]))
    seen = [power for power, error in zip(POWERS, errors, strict=True) if error != exact]
    first = max(seen, default=POWERS.start - 1) + 1
    return first if first in POWERS else None


def sketch(run: Run) -> Curve:
    errors = run.tensor("errors").values[1]
    return Curve(np.arange(float(len(errors))), np.log10(np.maximum(errors, 1e-16)))


LESSON = Lesson(
    program=lambda: program(Problem()),
    sketch=sketch,
    place=10,
    counted=False,
)
