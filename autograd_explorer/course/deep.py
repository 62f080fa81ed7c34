"""On its way back through many layers a gradient is multiplied again and again."""

import math

from autograd_explorer.course.lesson import SWITCH, Choice, Lesson
from autograd_explorer.course.numbers import scientific
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Bars
from autograd_explorer.course.source_text import source, under
from autograd_explorer.records import Run

DEPTHS = ("2", "8", "16", "32")

ACTIVATIONS = ("sigmoid", "tanh", "relu")

INITS = ("small", "xavier", "kaiming", "large")

WIDTH = 16


def program(problem: Problem, depth: int, activation: str, init: str, *, skip: bool) -> str:
    """A chain of equal layers; the norm of the loss's gradient with respect to what each of them
    puts out, of the gradient of each one's weights, and its dead units. Norms are in float64: the
    squares in one leave the range of float32 long before the gradient does.

    Leaves norms, weight_norms and dead (depth,), the layer next to the input first.
    Raises:  KeyError, for an initialisation that does not exist
    """
    scale = {
        "small": "0.05",
        "xavier": f"(1 / {WIDTH}) ** 0.5",
        "kaiming": f"(2 / {WIDTH}) ** 0.5",
        "large": "1.0",
    }[init]
    forward = f"a = torch.{activation}(h @ weight)"
    return source(
        "import torch",
        "",
        f"torch.manual_seed({problem.seed})",
        f"weights = [({scale} * torch.randn({WIDTH}, {WIDTH})).requires_grad_()",
        f"           for _ in range({depth})]",
        f"h = torch.randn(32, {WIDTH})",
        "layers, dead = [], []",
        *under(
            "for weight in weights:",
            forward,
            "dead.append((a.detach() == 0).all(dim=0).sum())",
            "h = h + a" if skip else "h = a",
            "h.retain_grad()",
            "layers.append(h)",
        ),
        "loss = h.pow(2).mean()",
        "loss.backward()",
        "norms = torch.stack([h.grad.double().norm() for h in layers])",
        "weight_norms = torch.stack([weight.grad.double().norm() for weight in weights])",
        "dead = torch.stack(dead)",
        "print(norms)",
        "print(dead, dead.sum())",
        "total_dead = dead.sum().item()",
    )


# How the lines begin that this is about.
MATTERS = ("weights", "for _", "for weight", "a = ", "h = a", "h = h", "loss")


def quiz(run: Run) -> Quiz:
    """Is the gradient smaller at the first layer than at the last, larger, or neither?"""
    first, last = (float(run.tensor("norms").values[i]) for i in (0, -1))
    lost = first == last or not (math.isfinite(first) and math.isfinite(last))
    outcome = "neither" if lost else "smaller" if first < last else "larger"
    facts = {"first": scientific(first, 2), "last": scientific(last, 2)}
    return Quiz(
        "quiz_deep",
        tuple(
            Option(label, key == outcome, f"deep_{outcome}", facts, f"deep_says_{key}")
            for key, label in (
                ("smaller", "norms[0] < norms[-1]"),
                ("larger", "norms[0] > norms[-1]"),
                ("neither", "norms[0] == norms[-1], inf, nan"),
            )
        ),
        facts,
    )


def sketch(run: Run) -> Bars:
    return Bars(run.tensor("norms").values.tolist())


LESSON = Lesson(
    program=lambda: program(Problem(), 8, "sigmoid", "xavier", skip=False),
    sketch=sketch,
    place=9,
    choices={
        "depth": Choice(DEPTHS, usual="8"),
        "activation": Choice(ACTIVATIONS),
        "init": Choice(INITS),
        "residual": Choice(SWITCH),
    },
)
