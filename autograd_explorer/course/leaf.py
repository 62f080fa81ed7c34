"""backward() fills .grad of leaves that require grad, and of nothing else unless asked."""

from autograd_explorer.course.lesson import Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Graph
from autograd_explorer.course.source_text import source
from autograd_explorer.explaining.timeline import timeline
from autograd_explorer.records import BackwardGraph, Run

MATTERS = ("moved =", "z =", "kept", "apart =", "loss =", "loss.backward")
ASKED_FOR = ("z", "moved")  # whose .grad is read at the end, and is None
LEAVES = ("w", "z", "kept", "moved", "apart", "number", "whole")


def program(problem: Problem) -> str:
    """Tensors made in every way that decides whether they get a .grad."""
    return source(
        *problem.setup,
        "moved = torch.randn(3, requires_grad=True).to(torch.float64)",
        "whole = torch.arange(3)",
        "",
        "z = torch.matmul(x, w) + b",
        "kept = z * 2",
        "kept.retain_grad()",
        "apart = kept.detach()",
        "loss = kept.sum() + moved.sum()",
        "number = loss.item()",
        "loss.backward()",
        "",
        *(
            line
            for name in ("w", "z", "kept", "moved", "apart", "whole")
            for line in (f'print("{name}", {name}.is_leaf, {name}.requires_grad, {name}.grad_fn)',)
        ),
        f"print({', '.join(f'{name}.grad' for name in ASKED_FOR)})",
    )


def quiz(run: Run) -> Quiz:
    """Which of these has a .grad after backward()?"""
    names = ("z", "kept", "moved", "apart")
    return Quiz(
        "quiz_leaf",
        tuple(
            Option(
                f"{name}.grad",
                run.tensor(name).grad is not None,
                f"leaf_{name}",
                place=_place_of(run.graph, name),
            )
            for name in names
        ),
    )


def before_backward(run: Run) -> int:
    """The moment at which all is recorded, and no gradient is there."""
    moments = timeline(run, run.graph).moments
    return next(i for i, moment in enumerate(moments) if moment.backward is not None) - 1


def _place_of(graph: BackwardGraph | None, name: str) -> str:
    nodes = graph.nodes if graph else ()
    return next((f"node-{node.id}" for node in nodes if node.tensor == name), "")


def sketch(run: Run) -> Graph:
    assert run.graph is not None  # noqa: S101  as the program records
    return Graph(run.graph)


LESSON = Lesson(place=4, program=lambda: program(Problem()), sketch=sketch)
