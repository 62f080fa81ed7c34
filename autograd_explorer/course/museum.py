"""Well-known mistakes as programs, each with the edit that mends it.

Every one is raised for real, or goes wrong in silence for real, each time it is shown.
"""

from dataclasses import dataclass

from autograd_explorer.course.lesson import SWITCH, Choice, Lesson
from autograd_explorer.course.quiz import Option, Quiz
from autograd_explorer.records import Run


@dataclass(frozen=True, slots=True)
class Exhibit:
    """.name  its key; .source the program; .edit what to replace by what; .silent nothing raises"""

    name: str
    source: str
    edit: tuple[str, str]
    silent: bool = False

    @property
    def fixed(self) -> str:
        """The program, mended."""
        old, new = self.edit
        return self.source.replace(old, new, 1)


_START = "import torch\n\nw = torch.tensor([1.0, 2.0], requires_grad=True)\n"

EXHIBITS = (
    Exhibit(
        "not_scalar",
        _START + "z = w * 3\nz.backward()\nprint(w.grad)\n",
        ("z.backward()", "z.sum().backward()"),
    ),
    Exhibit(
        "second_backward",
        _START + "loss = (w ** 2).sum()\nloss.backward()\nloss.backward()\nprint(w.grad)\n",
        ("loss.backward()\nloss", "loss.backward(retain_graph=True)\nloss"),
    ),
    Exhibit(
        "modified_in_place",
        _START + "x = torch.tensor([3.0, 4.0])\nz = w * x\nprint(x._version)\nx += 1\n"
        "print(x._version)\nz.sum().backward()\nprint(w.grad)\n",
        ("x += 1", "x = x + 1"),
    ),
    Exhibit(
        "leaf_in_place",
        _START + "w += 1\n(w ** 2).sum().backward()\nprint(w.grad)\n",
        ("w += 1\n", "with torch.no_grad():\n    w += 1\n"),
    ),
    Exhibit(
        "only_floating",
        "import torch\n\nw = torch.tensor([1, 2], requires_grad=True)\n"
        "(w ** 2).sum().backward()\nprint(w.grad)\n",
        ("[1, 2]", "[1.0, 2.0]"),
    ),
    Exhibit(
        "nothing_recorded",
        "import torch\n\nw = torch.tensor([1.0, 2.0])\nloss = (w ** 2).sum()\n"
        "loss.backward()\nprint(w.grad)\n",
        ("2.0])", "2.0], requires_grad=True)"),
    ),
    Exhibit(
        "numpy_of_recorded",
        _START + "z = w * 3\nprint(z.numpy())\n",
        ("z.numpy()", "z.detach().numpy()"),
    ),
    Exhibit(
        "inference_saved",
        _START + "with torch.inference_mode():\n    x = torch.tensor([3.0, 4.0])\n"
        "loss = (w * x).sum()\nloss.backward()\nprint(w.grad)\n",
        ("torch.inference_mode()", "torch.no_grad()"),
    ),
    Exhibit(
        "gradient_shape",
        _START + "z = w * 3\nz.backward(gradient=torch.ones(3))\nprint(w.grad)\n",
        ("torch.ones(3)", "torch.ones_like(z)"),
    ),
    Exhibit(
        "update_without_no_grad",
        _START + "loss = (w ** 2).sum()\nloss.backward()\nw -= 0.1 * w.grad\nprint(w)\n",
        ("w -= 0.1 * w.grad\n", "with torch.no_grad():\n    w -= 0.1 * w.grad\n"),
    ),
    Exhibit(
        "unused_input",
        _START + "v = torch.tensor([5.0], requires_grad=True)\nloss = (w ** 2).sum()\n"
        "print(torch.autograd.grad(loss, [w, v]))\n",
        ("[w, v])", "[w, v], allow_unused=True)"),
    ),
    Exhibit(
        "grad_is_none",
        _START + "z = w * 3\nz.sum().backward()\nprint(z.grad.sum())\n",
        ("z = w * 3\n", "z = w * 3\nz.retain_grad()\n"),
    ),
    Exhibit(
        "forgotten_zero_grad",
        _START + "for step in range(3):\n    loss = (3 * w).sum()\n    loss.backward()\n"
        "    print(w.grad)\n",
        ("    loss = (3", "    w.grad = None\n    loss = (3"),
        silent=True,
    ),
    Exhibit(
        "cut_by_item",
        _START + "scale = w.sum().item()\nloss = (w * scale).sum()\nloss.backward()\n"
        "print(w.grad)\n",
        ("w.sum().item()", "w.sum()"),
        silent=True,
    ),
    Exhibit(
        "cut_by_data",
        _START + "h = w ** 2\nloss = (w * h.data).sum()\nloss.backward()\nprint(w.grad)\n",
        ("h.data", "h"),
        silent=True,
    ),
    Exhibit(
        "leaf_made_wrongly",
        "import torch\n\nw = torch.tensor([1.0, 2.0], requires_grad=True) * 0.5\n"
        "(w ** 2).sum().backward()\nprint(w.is_leaf, w.grad)\n",
        ("2.0], requires_grad=True) * 0.5", "2.0]).mul(0.5).requires_grad_()"),
        silent=True,
    ),
)


def quiz(run: Run) -> Quiz:
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


LESSON = Lesson(
    place=5,
    choices={
        "exhibit": Choice(tuple(exhibit.name for exhibit in EXHIBITS)),
        "fixed": Choice(SWITCH),
    },
)
