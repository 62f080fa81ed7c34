"""The programs of the museum of errors, a module for each of its rooms."""

from autograd_explorer.course.exhibits.cut import CUT
from autograd_explorer.course.exhibits.exhibit import Exhibit
from autograd_explorer.course.exhibits.leaves import LEAVES
from autograd_explorer.course.exhibits.numbers import NUMBERS
from autograd_explorer.course.exhibits.passes import PASSES

__all__ = ["EXHIBITS", "ROOMS", "Exhibit"]

# The rooms in their order. Each holds programs that raise and programs that go wrong in silence.
ROOMS = {"passes": PASSES, "leaves": LEAVES, "cut": CUT, "numbers": NUMBERS}
EXHIBITS = tuple(exhibit for room in ROOMS.values() for exhibit in room)
