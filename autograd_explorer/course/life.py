""".grad adds up until it is cleared; what a graph has saved lives until a backward pass."""

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Bars
from autograd_explorer.course.source_text import FORWARD, source, under
from autograd_explorer.records import Array, Run, TensorView

CLEARS = ("never", "zero", "none")

CALLS = range(2, 7)


def program(problem: Problem, calls: int, clear: str) -> str:
    """Forward and backward several times in a row; between them .grad is left, zeroed or dropped.

    Raises:  KeyError, for a way of clearing that does not exist
    """
    clearing = {
        "never": (),
        "zero": ("w.grad.zero_()", "b.grad.zero_()"),
        "none": ("w.grad = None", "b.grad = None"),
    }[clear]
    body = (*FORWARD, "loss.backward()", "total = b.grad.clone()", "print(call, total)", *clearing)
    return source(*problem.setup, "", *under(f"for call in range(1, {calls + 1}):", *body))


# How the lines begin that this is about.
MATTERS = ("for call", "loss.backward", "total", "w.grad", "b.grad")
SECOND_MATTERS = ("print", "loss.backward", "try", "except")
DELETED_MATTERS = ("node", "del", "print", "behind")


def second_backward_program(problem: Problem, *, retain: bool) -> str:
    """What the graph holds before and after a backward pass, and a second pass through it."""
    first = "loss.backward(retain_graph=True)" if retain else "loss.backward()"
    look = "print(loss.grad_fn._saved_target)"
    return source(
        *problem.setup,
        *FORWARD,
        "",
        look,
        first,
        *under("try:", look),
        *under("except RuntimeError as error:", "print(error)"),
        "",
        "loss.backward()",
        "print(b.grad)",
    )


def deleted_program(problem: Problem) -> str:
    """Names taken away from a graph, one after another, while something still refers to it."""
    return source(
        *problem.setup,
        *FORWARD,
        "",
        "node = loss.grad_fn",
        "del loss, z",
        "print(node, node._saved_target)",
        "behind = node.next_functions[0][0]",
        "del node",
        "print(behind, behind.next_functions[1][0].variable is b)",
    )


def totals(run: Run) -> tuple[Array, ...]:
    """What .grad held after each call of a program."""
    views = [view for s in run.statements for name, view in s.assigned.items() if name == "total"]
    return tuple(view.values for view in views if isinstance(view, TensorView))


def quiz(run: Run, calls: int) -> Quiz | None:
    """How many times its first value does b.grad hold after the last call?

    None where the gradient is zero, which is any number of times itself.
    """
    first, *_, last = totals(run)
    largest = int(abs(first).argmax())
    if not first[largest]:
        return None
    ratio = round(float(last[largest] / first[largest]))
    why = {1: "life_cleared", calls: "life_added", ratio: "life_right"}
    return Quiz(
        "quiz_life",
        tuple(
            Option(
                f"{count} ×",
                count == ratio,
                why.get(count, "life_wrong"),
                {"count": count, "ratio": ratio},
                "life_same" if count == 1 else "life_times",
            )
            for count in sorted({1, calls, calls + 1, 2 * calls})
        ),
        {"calls": calls},
    )


def sketch(run: Run) -> Bars:
    return Bars([float(abs(total).sum()) for total in totals(run)])


LESSON = Lesson(
    program=lambda: program(Problem(), 3, "never"),
    sketch=sketch,
    place=5,
    choices={
        "calls": Choice(tuple(map(str, CALLS)), usual="3"),
        "clear": Choice(CLEARS),
    },
)
