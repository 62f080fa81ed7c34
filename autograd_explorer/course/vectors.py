"""Backward multiplies a vector with the Jacobian; it never builds the Jacobian."""

from collections.abc import Sequence

from autograd_explorer.course.lesson import Choice, Lesson
from autograd_explorer.course.problem import Problem
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.course.sketch import Grid
from autograd_explorer.course.source_text import source, under
from autograd_explorer.records import Run

VECTORS = ("ones", "first", "ramp", "own")


def program(problem: Problem, vector: str, own: Sequence[float] = (1.0,)) -> str:
    """vᵀJ by one backward, the Jacobian row by row in reverse mode and column by column in forward
    mode, a second derivative.

    Leaves jacobian (n_out, n_in), pulled (n_in,), and curvature with a graph of its own.
    own     the numbers of v where the vector is "own"; repeated if z is longer
    Raises:  KeyError, for a vector that does not exist
    """
    numbers = [own[i % len(own)] for i in range(problem.n_out)]
    v = {
        "own": f"v = torch.tensor({numbers})",
        "ones": f"v = torch.ones({problem.n_out})",
        "first": f"v = torch.zeros({problem.n_out})\nv[0] = 1",
        "ramp": f"v = torch.arange(1.0, {problem.n_out + 1})",
    }[vector]
    return source(
        *problem.setup,
        "",
        "x = x.clone().requires_grad_()",
        *under("def f(x):", "return torch.sigmoid(torch.matmul(x, w) + b)"),
        "",
        "z = f(x)",
        *v.split("\n"),
        "(pulled,) = torch.autograd.grad(z, x, v, retain_graph=True)",
        "",
        "rows = []",
        *under(
            "for unit in torch.eye(len(z)):",
            "(row,) = torch.autograd.grad(z, x, unit, retain_graph=True)",
            "rows.append(row)",
        ),
        "jacobian = torch.stack(rows)",
        "columns = []",
        *under(
            "for unit in torch.eye(len(x)):",
            "_, column = torch.func.jvp(f, (x,), (unit,))",
            "columns.append(column)",
        ),
        "print(torch.allclose(v @ jacobian, pulled, atol=1e-6))",
        "print(torch.allclose(torch.stack(columns, dim=1), jacobian, atol=1e-6))",
        "",
        "(slope,) = torch.autograd.grad(z.sum(), x, create_graph=True)",
        "curvature = slope.sum()",
        "curvature.backward()",
        "print(x.grad)",
    )


# How the lines begin that this is about.
MATTERS = (
    "def f",
    "return",
    "z =",
    "v",
    "(pulled",
    "for unit in torch.eye(len(z))",
    "(row",
    "jacobian",
)


def passes(run: Run, name: str) -> int:
    """How often the loop ran that made the rows, or the columns, of a program."""
    return max(s.turn for s in run.statements if name in s.assigned)


def quiz(run: Run) -> Quiz:
    """How many backward passes made the Jacobian, row by row?"""
    rows, columns = run.tensor("jacobian").shape
    made = passes(run, "row")
    counts = sorted({1, rows, columns, rows * columns, rows + columns})
    return Quiz(
        "quiz_vectors",
        tuple(
            Option(
                str(count),
                count == made,
                "vectors_right" if count == made else "vectors_wrong",
                {"rows": rows, "columns": columns, "count": count},
                "vectors_once" if count == 1 else "vectors_passes",
            )
            for count in counts
        ),
        {"rows": rows, "columns": columns},
    )


def sketch(run: Run) -> Grid:
    return Grid(run.tensor("jacobian").values)


LESSON = Lesson(
    program=lambda: program(Problem(), "ones"),
    sketch=sketch,
    place=8,
    choices={
        "vector": Choice(VECTORS),
    },
)
