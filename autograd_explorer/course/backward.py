"""Backward runs one node after another, each when all that flows into it has come."""

from dataclasses import dataclass

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
        "penalty = z.norm()",
        "loss = error + penalty",
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


@dataclass(frozen=True, slots=True)
class Meeting:
    """The first number of z, where gradients meet.

    .error, .penalty  what came along the two ways; .total what left the node of z
    .x                what w[0, 0] was multiplied by
    .w_grad           what arrived in w.grad[0, 0]
    """

    error: float
    penalty: float
    total: float
    x: float
    w_grad: float


def first_arrival(run: Run) -> int | None:
    """The moment at which the first of two gradients has reached the node of z, which waits."""
    moments = timeline(run, run.graph).moments
    return next(
        (i for i, m in enumerate(moments) if any(a.arrived < a.of for a in m.arrivals)), None
    )


def meeting(run: Run) -> Meeting:
    """The chain rule in numbers of a run that was recorded."""
    (graph,) = run.backwards
    z = _node_of(graph, "z")
    came = {
        graph.nodes[edge.source].tensor: float(edge.gradient[0])
        for edge in graph.edges
        if edge.target == z and edge.gradient is not None
    }
    return Meeting(
        came["error"],
        came["penalty"],
        float(graph.nodes[z].upstream[0][0]),  # type: ignore[index]  # it ran
        float(run.tensor("x").values[0]),
        float(run.tensor("w").grad[0, 0]),  # type: ignore[index]
    )


def quiz(graph: BackwardGraph) -> Quiz:
    """The first gradient has arrived at the node of z. Which node runs next?"""
    nodes = {name: _node_of(graph, name) for name in ("error", "penalty", "z", "b")}
    first = min(("error", "penalty"), key=lambda name: graph.order.index(nodes[name]))
    last = "penalty" if first == "error" else "error"
    following = graph.order[graph.order.index(nodes[first]) + 1]
    facts = {"first": first, "last": last, "place": graph.order.index(nodes["z"]) + 1}
    return Quiz(
        "quiz_backward",
        tuple(
            Option(
                "",
                nodes[name] == following,
                f"next_{kind}",
                facts | {"name": name},
                "node_of",
                f"node-{nodes[name]}",
            )
            for name, kind in (("z", "waiting"), (last, "ready"), ("b", "behind"))
        ),
        facts,
    )


def _node_of(graph: BackwardGraph, name: str) -> int:
    return next(node.id for node in graph.nodes if node.tensor == name)


def sketch(run: Run) -> Graph:
    assert run.graph is not None  # noqa: S101  as the program records
    return Graph(run.graph, back=True)


LESSON = Lesson(place=3, program=lambda: program(Problem()), sketch=sketch)
