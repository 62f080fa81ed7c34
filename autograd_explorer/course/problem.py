"""Problem: the dials of the article's program, and the program text they make."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from autograd_explorer.course import changes, source_text
from autograd_explorer.errors import ProblemError

DIMENSIONS = range(1, 65)
SEEDS = range(2**32)

# Each takes the dimension and gives the right-hand side of the assignment.
X_FILLS: dict[str, Callable[[int], str]] = {
    "ones": lambda n: f"torch.ones({n})",
    "ramp": lambda n: f"torch.arange(1, {n + 1}) / {n}",
    "normal": lambda n: f"torch.randn({n})",
}
Y_FILLS: dict[str, Callable[[int], str]] = {
    "zeros": lambda n: f"torch.zeros({n})",
    "ones": lambda n: f"torch.ones({n})",
    "alternating": lambda n: f"(torch.arange({n}) % 2).float()",
}

ALLOWED: dict[str, range | tuple[str, ...]] = {
    "n_in": DIMENSIONS,
    "n_out": DIMENSIONS,
    "seed": SEEDS,
    "x": tuple(X_FILLS),
    "y": tuple(Y_FILLS),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting of the dials.

    n_in, n_out  1..64, the lengths of x and of y
    seed         0..2**32-1, given to torch.manual_seed
    x            "ones", "ramp" (1/n_in, 2/n_in, … 1) or "normal" (drawn after w and b)
    y            "zeros", "ones" or "alternating" (0, 1, 0, …)
    recording    whether the forward pass is recorded, or runs under torch.no_grad()
    Raises:      ProblemError, naming the field, the value and what is allowed
    """

    n_in: int = 5
    n_out: int = 3
    seed: int = 42
    x: str = "ones"
    y: str = "zeros"
    recording: bool = True

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "recording":
                good, allowed = isinstance(value, bool), "True, False"
            elif isinstance(choice := ALLOWED[field.name], range):
                good = type(value) is int and value in choice
                allowed = f"{choice.start}..{choice.stop - 1}"
            else:
                good, allowed = isinstance(value, str) and value in choice, ", ".join(choice)
            if not good:
                raise ProblemError(field.name, value, allowed)

    @property
    def setup(self) -> tuple[str, ...]:
        """The lines that make x, y, w and b; every lesson begins with them."""
        x = f"x = {X_FILLS[self.x](self.n_in)}"
        # A normal x is drawn last, so that a seed gives the same w and b under every fill.
        drawn_last = self.x == "normal"
        return (
            "import torch",
            "import torch.nn.functional as F",
            "",
            f"torch.manual_seed({self.seed})",
            *([] if drawn_last else [x]),
            f"y = {Y_FILLS[self.y](self.n_out)}",
            f"w = torch.randn({self.n_in}, {self.n_out}, requires_grad=True)",
            f"b = torch.randn({self.n_out}, requires_grad=True)",
            *([x] if drawn_last else []),
        )

    @property
    def source(self) -> str:
        """The program, as the learner would type it; plain Python that runs on its own."""
        return self.changed(())

    def changed(self, done: changes.Changes) -> str:
        """The same with what a reader's hand has done to its numbers before the forward pass."""
        forward = (
            source_text.FORWARD
            if self.recording
            else source_text.under("with torch.no_grad():", *source_text.FORWARD)
        )
        return source_text.source(
            *self.setup,
            *changes.lines(done),
            *forward,
            "",
            "print(z.requires_grad)",
            "print(z.grad_fn)",
            "print(loss.grad_fn)",
            "print(loss)",
            "",
            "loss.backward()",
            "print(w.grad)",
            "print(b.grad)",
        )
