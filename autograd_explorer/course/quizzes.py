"""Questions whose answers this run knows: options, which one is right, and why each is or is not.

Only facts and keys; the words are in texts/.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograd_explorer.course.lessons import POWERS
from autograd_explorer.records import Array, BackwardGraph, Run, TensorView


@dataclass(frozen=True, slots=True)
class Option:
    """.label  what can be chosen, as code; "" for "none of them"; .why the key of its explanation,
    .facts the numbers in it"""

    label: str
    right: bool
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quiz:
    """.key  the key of the question, .facts the numbers in it; exactly one option is right"""

    key: str
    options: tuple[Option, ...]
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def answer(self) -> Option:
        return next(option for option in self.options if option.right)


def recording_quiz(run: Run) -> Quiz:
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
            Option(f"{grad} {leaf}", (grad, leaf) == truth, why(grad, leaf))
            for grad in (True, False)
            for leaf in (True, False)
        ),
    )


def totals(run: Run) -> tuple[Array, ...]:
    """What .grad held after each call of a lifetime_program."""
    views = [view for s in run.statements for name, view in s.assigned.items() if name == "total"]
    return tuple(view.values for view in views if isinstance(view, TensorView))


def lifetime_quiz(run: Run, calls: int) -> Quiz | None:
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
            )
            for count in sorted({1, calls, calls + 1, 2 * calls})
        ),
        {"calls": calls},
    )


def leaf_quiz(run: Run) -> Quiz:
    """Which of these has a .grad after backward()?"""
    names = ("z", "kept", "moved", "apart")
    return Quiz(
        "quiz_leaf",
        tuple(
            Option(f"{name}.grad", run.tensor(name).grad is not None, f"leaf_{name}")
            for name in names
        ),
    )


def museum_quiz(run: Run) -> Quiz:
    """Which line stops the program?"""
    lines = run.source.split("\n")
    failed = run.error.line if run.error else None
    ran = [s.line for s in run.statements if s.line > 3 and s.line != failed]
    candidates = sorted({*ran[-2:], *([failed] if failed else [])})
    options = [
        Option(
            f"{line}: {lines[line - 1].strip()}",
            line == failed,
            "museum_stops" if line == failed else "museum_runs",
            {"line": line},
        )
        for line in candidates
    ]
    none = Option("", failed is None, "museum_silent" if failed is None else "museum_not_silent")
    return Quiz("quiz_museum", (*options, none))


def steps_quiz(graph: BackwardGraph) -> Quiz:
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


def step_size_quiz(run: Run) -> Quiz:
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
                {"error": f"{float(errors[power - POWERS.start]):.1e}"},
            )
            for power in powers
        ),
    )


def unnoticed_from(run: Run) -> int | None:
    """The power from which on no step of a proof_program changes the loss in float32, if any: the
    quotient is 0 then, and the error the gradient."""
    errors, exact = run.tensor("errors").values[0], abs(float(run.tensor("exact").values[0, 0]))
    seen = [power for power, error in zip(POWERS, errors, strict=True) if error != exact]
    first = max(seen, default=POWERS.start - 1) + 1
    return first if first in POWERS else None


def passes(run: Run, name: str) -> int:
    """How often the loop ran that made the rows, or the columns, of a jacobian_program."""
    return max(s.turn for s in run.statements if name in s.assigned)


def passes_quiz(run: Run) -> Quiz:
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
                {"rows": rows, "columns": columns},
            )
            for count in counts
        ),
    )


def diverged_at(run: Run) -> int | None:
    """The first step of a training_program whose loss is no finite number, or None."""
    losses = run.tensor("losses").values
    return next((step for step, loss in enumerate(losses) if not math.isfinite(loss)), None)


def training_quiz(run: Run) -> Quiz:
    """Is the loss smaller, larger, or no number any more?"""
    first, last = (float(run.tensor("losses").values[i]) for i in (0, -1))
    outcome = "lost" if not math.isfinite(last) else "smaller" if last < first else "larger"
    facts = {"first": f"{first:.4g}", "last": f"{last:.4g}"}
    return Quiz(
        "quiz_training",
        tuple(
            Option(
                label,
                key == outcome,
                f"training_{outcome}",
                facts,
            )
            for key, label in (
                ("smaller", "losses[-1] < losses[0]"),
                ("larger", "losses[-1] >= losses[0]"),
                ("lost", "inf, nan"),
            )
        ),
        {"steps": len(run.tensor("losses").values)},
    )


def deep_quiz(run: Run) -> Quiz:
    """Is the gradient smaller at the first layer than at the last, larger, or neither?"""
    first, last = (float(run.tensor("norms").values[i]) for i in (0, -1))
    lost = first == last or not (math.isfinite(first) and math.isfinite(last))
    outcome = "neither" if lost else "smaller" if first < last else "larger"
    facts = {"first": f"{first:.4g}", "last": f"{last:.4g}"}
    return Quiz(
        "quiz_deep",
        tuple(
            Option(label, key == outcome, f"deep_{outcome}", facts)
            for key, label in (
                ("smaller", "norms[0] < norms[-1]"),
                ("larger", "norms[0] > norms[-1]"),
                ("neither", "norms[0] == norms[-1], inf, nan"),
            )
        ),
    )
