"""What a run tells of its leaves: which gradients reached them, and where the way was cut.

A value may depend on a leaf and yet have no path to it in the graph: a number that `.item()` took
out of a tensor, a tensor made under no_grad. The step after which a value still depends on a leaf
and no longer reaches it is a `Cut`. Plain data, as in records.py.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple


class Leaf(NamedTuple):
    """A tensor that a gradient could be added into.

    .name       a path such as "net.0.weight", or "" where no name led to it
    .line       that made it
    .parameter  whether it is an nn.Parameter
    .got        how many backward passes added into its .grad
    .reached    how many passes had it in their graph, autograd.grad included
    .returned   how many times autograd.grad handed its gradient back
    .read       the line on which its .grad was read last after a pass; 0 if never
    .flagged    the line that set requires_grad when it had been used already; 0 otherwise
    .used       the line of that use
    .frozen     the line that took requires_grad from it; 0 if it had that back before the last pass
    .holders    positions in Reach.holders of the optimizers that hold it
    .listed     the plain list (dict, tuple) of a module that it lies in, and .listed_line
    .user       a tensor that depends on it and that a loss left out, made on .user_line;
                .instead is the first line after it that went into that loss
    """

    name: str
    line: int
    shape: tuple[int, ...]
    parameter: bool
    got: int = 0
    reached: int = 0
    returned: int = 0
    read: int = 0
    flagged: int = 0
    used: int = 0
    frozen: int = 0
    holders: tuple[int, ...] = ()
    listed: str = ""
    listed_line: int = 0
    user: str = ""
    user_line: int = 0
    instead: int = 0


class Cut(NamedTuple):
    """A step whose result depends on leaves that it no longer reaches.

    .cause      the diagnosis's key: "cut_item", "cut_no_grad", …
    .line       to change: of no_grad, that which switched recording off
    .at         on which the step stands
    .operation  its name, such as "argmax"
    .leaves     positions in Reach.leaves of those that the step lost
    """

    cause: str
    line: int
    at: int
    operation: str
    leaves: tuple[int, ...]


class Root(NamedTuple):
    """The passes of one line.

    .line     on which it stands
    .made     the line that made the tensor it started from; 0 where that is not known
    .kind     "backward", "grad" for autograd.grad, "failed" where the tensor had no graph
    .times    how many passes
    .reached  positions in Reach.leaves of those in a graph of theirs
    .cuts     positions in Reach.cuts of those behind the tensor they started from
    """

    line: int
    made: int
    kind: Literal["backward", "grad", "failed"]
    times: int
    reached: tuple[int, ...]
    cuts: tuple[int, ...]


class Holder(NamedTuple):
    """An optimizer: its .kind ("Adam"), the .line that made it (0 if nobody saw), how many .steps
    it took, how many parameters it holds (.held), and those that were put in the place of some of
    them since: their .paths, and .replaced positions in Reach.leaves, .replaced_on lines."""

    kind: str
    line: int
    steps: int
    held: int
    paths: tuple[str, ...] = ()
    replaced: tuple[int, ...] = ()
    replaced_on: tuple[int, ...] = ()


class Note(NamedTuple):
    """Something that was seen when it happened: .cause the diagnosis's key, .name the tensor
    concerned, .line to change, .serious whether it is a mistake and not a choice."""

    cause: str
    name: str
    line: int
    serious: bool
    facts: Mapping[str, Any]


class Reach(NamedTuple):
    """.steering has positions in .cuts of those behind a value that decided which way the program
    went, in an `if` or as the length of a loop. .complete is False where there was more than is
    kept."""

    leaves: tuple[Leaf, ...] = ()
    cuts: tuple[Cut, ...] = ()
    roots: tuple[Root, ...] = ()
    holders: tuple[Holder, ...] = ()
    notes: tuple[Note, ...] = ()
    steering: tuple[int, ...] = ()
    complete: bool = True


NOTHING_REACHED = Reach()
