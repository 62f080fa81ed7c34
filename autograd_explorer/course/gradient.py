"""A gradient says how the loss changes when one number is raised a little."""

from decimal import Decimal

from autograd_explorer.course import changes
from autograd_explorer.course.lesson import Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Curve
from autograd_explorer.course.source_text import FORWARD, source, under
from autograd_explorer.explaining.loss_curve import loss_curve
from autograd_explorer.records import Run

STEPS = (0.1, 0.01, 0.001)
_ASKED = STEPS.index(0.01)
_BEND = 0.1  # of the change that a curve may take away from its tangent, or add to it
_FLAT = 1e-4

# How the lines begin that this is about.
MATTERS = ("z =", "loss =", "loss.backward", "print(w.grad")


def program(problem: Problem, done: changes.Changes = ()) -> str:
    """The gradient of w[0, 0], and beside it what the loss does when that number is raised.

    Leaves change (3,) in float64: by how much the loss changes for each of STEPS.
    """
    return source(
        *problem.setup,
        *changes.lines(done),
        *FORWARD,
        "loss.backward()",
        "print(w.grad[0, 0])",
        "",
        *under(
            "def loss_at(h):",
            "moved = w.detach().double()",
            "moved[0, 0] += h",
            "logits = torch.matmul(x.double(), moved) + b.detach().double()",
            "return F.binary_cross_entropy_with_logits(logits, y.double())",
        ),
        "",
        f"h = torch.tensor({[*STEPS]}, dtype=torch.float64)",
        "change = torch.stack([loss_at(step) - loss_at(0) for step in h])",
        "print(change / h)",
    )


def quiz(run: Run) -> Quiz | None:
    """What does the loss do when w[0, 0] is raised by 0.01?

    None where nobody could say it from the gradient: where that is next to nothing, or the curve
    bends away from its tangent at once.
    """
    w, loss = run.tensor("w"), float(run.tensor("loss").values)
    slope = float(w.grad[0, 0])  # type: ignore[index]  # backward() put it there
    change = float(run.tensor("change").values[_ASKED])
    step = STEPS[_ASKED]
    if not abs(slope) > _FLAT or abs(change - slope * step) > _BEND * abs(change):
        return None
    rises = slope > 0
    facts = {
        "slope": f"{slope:+.4g}",
        "by": spelt(abs(change)),
        "large": spelt(100 * abs(change)),
        "before": f"{loss:.6f}",
        "after": f"{loss + change:.6f}",
    }
    said_by_slope = "because_rises" if rises else "because_falls"
    return Quiz(
        "quiz_gradient",
        (
            Option("", rises, said_by_slope, facts, "rises"),
            Option("", not rises, said_by_slope, facts, "falls"),
            Option("", False, "too_large", facts, "rises_much" if rises else "falls_much"),
            Option("", False, "not_still", facts, "stays"),
        ),
        facts | {"value": f"{float(w.values[0, 0]):.4g}"},
    )


def spelt(number: float) -> str:
    """Two digits that count, without an exponent."""
    return format(Decimal(f"{number:.2g}"), "f")


def sketch(run: Run) -> Curve:
    curve = loss_curve(run, "w", (0, 0))
    at = int(abs(curve.values - curve.value).argmin())
    return Curve(curve.values, curve.losses, at, curve.slope)


LESSON = Lesson(place=1, program=lambda: program(Problem()), sketch=sketch)
