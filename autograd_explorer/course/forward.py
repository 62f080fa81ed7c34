"""The forward pass draws the graph: each operation on what requires grad writes a node."""

from dataclasses import dataclass

from autograd_explorer.course.lesson import Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Graph
from autograd_explorer.course.source_text import FORWARD, source, under
from autograd_explorer.explaining.timeline import timeline
from autograd_explorer.records import Run

# Of data alone, then of data and parameters, then of what came of those.
LINES = ("half = x / 2", FORWARD[0].replace("x,", "half,"), FORWARD[1])
MATTERS = ("w =", "b =", "with ", *LINES)


@dataclass(frozen=True, slots=True)
class Written:
    """.line of the forward pass, what it .makes, the .nodes it wrote, and whether its result
    requires_grad."""

    line: str
    makes: str
    nodes: tuple[str, ...]
    requires_grad: bool


def program(problem: Problem) -> str:
    """A forward pass of three operations, the first of them on data alone."""
    return source(
        *problem.setup,
        "",
        *(LINES if problem.recording else under("with torch.no_grad():", *LINES)),
        "",
        "print(loss.grad_fn)",
    )


def before_forward(problem: Problem, run: Run) -> int:
    """The moment at which all tensors are made, and nothing has been computed of them."""
    made = len(problem.setup)
    moments = timeline(run, run.graph).moments
    return max(i for i, moment in enumerate(moments) if moment.line <= made)


def written(run: Run) -> list[Written]:
    """What each line of the forward pass wrote."""
    text = [line.strip() for line in run.source.split("\n")]
    nodes = run.graph.nodes if run.graph else ()
    return [
        Written(
            line,
            makes,
            # The first of the nodes is the last recorded.
            tuple(node.name for node in nodes[::-1] if node.line == text.index(line) + 1),
            run.tensor(makes).requires_grad,
        )
        for line, makes in ((line, line.split(" =")[0]) for line in LINES)
    ]


def quiz(run: Run) -> Quiz:
    """Which line is the first to write a node?"""
    wrote = [one.line for one in written(run) if one.nodes]
    first = wrote[0] if wrote else None
    if first is None:
        why = dict.fromkeys((*LINES, None), "forward_off")
    else:
        why = dict(zip((*LINES, None), ("data_alone", "first", "later", "not_none"), strict=True))
    return Quiz(
        "quiz_forward",
        tuple(
            Option(line or "", line == first, why[line], words="" if line else "none_of_them")
            for line in (*LINES, None)
        ),
    )


def sketch(run: Run) -> Graph:
    assert run.graph is not None  # noqa: S101  as the program records
    return Graph(run.graph)


LESSON = Lesson(place=2, program=lambda: program(Problem()), sketch=sketch)
