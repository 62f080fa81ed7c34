"""What is recorded is decided while the forward pass runs, and there are many ways to."""

from collections.abc import Callable, Mapping

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Graph
from autograd_explorer.course.source_text import FORWARD, source, under
from autograd_explorer.records import Run

_Z, _LOSS = FORWARD

# How the forward pass is run → its lines.
_MODES: Mapping[str, Callable[[Problem], tuple[str, ...]]] = {
    "normal": lambda _: FORWARD,
    "no_grad": lambda _: under("with torch.no_grad():", *FORWARD),
    "inference_mode": lambda _: under("with torch.inference_mode():", *FORWARD),
    "detach": lambda _: ("z = (torch.matmul(x, w) + b).detach()", _LOSS),
    "frozen": lambda _: ("w.requires_grad_(False)", "b.requires_grad_(False)", *FORWARD),
    "eval": lambda problem: (
        f"model = torch.nn.Linear({problem.n_in}, {problem.n_out})",
        "model.eval()",
        "z = model(x)",
        _LOSS,
    ),
    "enable_inside": lambda _: under(
        "with torch.no_grad():", *under("with torch.enable_grad():", *FORWARD)
    ),
    "flag": lambda _: under("with torch.set_grad_enabled(False):", *FORWARD),
}

MODES = tuple(_MODES)


def program(problem: Problem, mode: str) -> str:
    """The forward pass in one of MODES, then backward.

    Raises:  KeyError, for a mode that does not exist
    """
    return source(
        *problem.setup,
        *_MODES[mode](problem),
        "",
        "print(z.requires_grad, z.is_leaf, z.grad_fn)",
        "loss.backward()",
    )


# How the lines begin that this is about.
MATTERS = ("with", "z =", "loss", "w.requires", "b.requires", "model", "print(z")


def quiz(run: Run) -> Quiz:
    """What do z.requires_grad and z.is_leaf print?"""
    z = run.tensor("z")
    truth = z.requires_grad, z.is_leaf

    def why(grad: bool, leaf: bool) -> str:
        """Why no z is like that; where another one could be, what is true of this one."""
        shown = (grad, leaf) if grad == leaf else truth
        return f"modes_{shown[0]}_{shown[1]}".lower()

    return Quiz(
        "quiz_modes",
        tuple(
            Option(
                f"{grad} {leaf}",
                (grad, leaf) == truth,
                why(grad, leaf),
                words=f"modes_says_{grad}_{leaf}".lower(),
            )
            for grad in (True, False)
            for leaf in (True, False)
        ),
    )


def sketch(run: Run) -> Graph:
    assert run.graph is not None  # noqa: S101  as the program records
    return Graph(run.graph, shadow=True)


LESSON = Lesson(
    program=lambda: program(Problem(), "normal"),
    sketch=sketch,
    place=6,
    choices={
        "mode": Choice(MODES, usual="no_grad"),
    },
)
