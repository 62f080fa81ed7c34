"""Backward fires one node after another, each when all that flows into it has come."""

from autograd_explorer.course.lesson import Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Graph
from autograd_explorer.course.source_text import FORWARD, source, under
from autograd_explorer.explaining.timeline import timeline
from autograd_explorer.records import BackwardGraph, Run

_Z, _ = FORWARD


def program(problem: Problem) -> str:
    """A backward pass in which two gradients meet: z is used twice."""
    forward = (
        _Z,
        "error = F.binary_cross_entropy_with_logits(z, y)",
        "penalty = (z ** 2).sum()",
        "loss = error + 0.01 * penalty",
    )
    return source(
        *problem.setup,
        *(forward if problem.recording else under("with torch.no_grad():", *forward)),
        "",
        "loss.backward()",
        "print(w.grad)",
        "print(b.grad)",
    )


# How the lines begin that this is about.
MATTERS = ("z =", "error =", "penalty =", "loss =", "loss.backward")


def first_arrival(run: Run) -> int | None:
    """The moment at which the first of two gradients has reached the node of z, which waits."""
    moments = timeline(run, run.graph).moments
    return next(
        (i for i, m in enumerate(moments) if any(a.arrived < a.of for a in m.arrivals)), None
    )


def quiz(graph: BackwardGraph) -> Quiz:
    """Which nodes must have run before the node of z can, to which two of them send a gradient?"""
    (at,) = [node for node in graph.nodes if node.tensor == "z"]
    senders = sorted(edge.source for edge in graph.edges if edge.target == at.id)
    place = graph.order.index(at.id)
    ran = [node for node in senders if node in graph.order[:place]]
    return Quiz(
        "quiz_steps",
        tuple(
            Option(
                " + ".join(f"{node} {graph.nodes[node].name}" for node in nodes),
                nodes == ran,
                "steps_both" if nodes == ran else "steps_one",
                {"place": place + 1},
            )
            for nodes in (*([node] for node in senders), senders)
        ),
    )


def sketch(run: Run) -> Graph:
    assert run.graph is not None  # noqa: S101  as the program records
    return Graph(run.graph, back=True)


LESSON = Lesson(place=1, program=lambda: program(Problem()), sketch=sketch)
