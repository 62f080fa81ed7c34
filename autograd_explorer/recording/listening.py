"""Which nodes of a graph have to be listened to, so that all gradients of a pass are known.

Where no hook of somebody else's may replace a gradient, what one node sends is what the next one
receives. So of two neighbours in a chain it is enough to listen to one, and what a leaf received
can be read from its .grad afterwards, if that was empty before. The order in which the nodes run
follows from the numbers by which the engine takes the newest first.
"""

from collections import Counter
from collections.abc import Sequence
from operator import sub
from typing import Any, NamedTuple

from torch import Tensor

from autograd_explorer.recording.settled import LEAF, NOWHERE
from autograd_explorer.torch_internals import (
    has_one_output,
    have_one_number_of_outputs,
    is_made_by_function,
)

COPY, HOLD, LEAVE, FOLLOW = range(4)


class Plan(NamedTuple):
    """.heard the nodes to listen to; .told for each node whether what it receives is known from the
    one before; .ways for each link what to do with what is sent on it: COPY, LEAVE, or FOLLOW it
    to the node at its end, which receives it; .read the leaves whose .grad tells; .order in
    which the nodes will run."""

    heard: list[int]
    told: list[bool]
    ways: list[int]
    read: list[tuple[int, Tensor]]
    order: list[int]


class Plans:
    """The plan of the pass before, which holds for the next one too, if that is another turn of the
    same loop: then the graph is the same, and its nodes were recorded in the same order. It holds
    no leaf, and no class that somebody has written."""

    def __init__(self) -> None:
        self._facts: tuple[Any, ...] = ()
        self._numbers: list[int] = []
        self._plan: Plan | None = None
        self._read: list[int] = []

    def plan_of(
        self,
        nodes: Sequence[Any],
        first: list[int],
        targets: list[int],
        only: Sequence[int | None],
        leaves: Sequence[tuple[int, Tensor]],
        numbers: list[int],
    ) -> Plan | None:
        """As plan_of() has it."""
        classes = [node.__class__ for node in nodes]
        facts = (first, targets, classes, [_is_empty(leaf) for _, leaf in leaves])
        leaf_at = dict(leaves)
        known = self._plan if facts == self._facts else None
        if known is not None and _are_shifted(numbers, self._numbers, len(leaves)):
            if len(set(map(id, leaf_at.values()))) == len(leaves):
                return known._replace(read=[(i, leaf_at[i]) for i in self._read])
        plan = plan_of(nodes, first, targets, only, leaves, numbers)
        self._plan = None
        # Nodes of some classes differ in how many outputs they have.
        inner = [cls for cls in set(classes) if cls.__name__ != LEAF]
        if plan is not None and all(map(have_one_number_of_outputs, inner)):
            self._facts, self._numbers = facts, numbers
            self._plan, self._read = plan._replace(read=[]), [i for i, _ in plan.read]
        return plan


def _are_shifted(numbers: list[int], before: list[int], leaves: int) -> bool:
    """Whether the numbers of all nodes but leaves have risen by the same."""
    shifts = Counter(map(sub, numbers, before))
    shifts[0] -= leaves  # theirs is always the same
    return len(+shifts) <= 1


def plan_of(
    nodes: Sequence[Any],
    first: Sequence[int],
    targets: Sequence[int],
    only: Sequence[int | None],
    leaves: Sequence[tuple[int, Tensor]],
    numbers: Sequence[int],
) -> Plan | None:
    """How to listen to a pass that goes to every leaf, and in which no hook replaces a gradient.
    None where some Python might run meanwhile, or the order is not told by the numbers, which are
    as numbers_of() has them."""
    if any(map(is_made_by_function, {node.__class__ for node in nodes})):
        return None
    if len({id(leaf) for _, leaf in leaves}) < len(leaves):
        return None  # a leaf whose data were replaced by those of another type has two nodes
    ends = [*first[1:], len(targets)]
    leaf_at: list[Tensor | None] = [None] * len(nodes)
    for i, tensor in leaves:
        leaf_at[i] = tensor
    inner = [i for i, leaf in enumerate(leaf_at) if leaf is None]
    inner.sort(key=numbers.__getitem__, reverse=True)
    if len({numbers[i] for i in inner}) < len(inner):
        return None  # recorded by several threads
    shared = [i for i, _ in leaves if only[i] is None]
    uses = Counter(targets) if shared else {}
    waiting = {i: uses[i] for i in shared}
    told, ways = [False] * len(nodes), [LEAVE] * len(targets)
    heard: list[int] = []
    read: list[tuple[int, Tensor]] = []
    order: list[int] = []
    for i in inner:
        order.append(i)
        number, begin, end = numbers[i], first[i], ends[i]
        ready, tells, is_needed = 0, 0, not told[i]
        for k in range(begin, end):
            target = targets[k]
            if target == NOWHERE:
                continue
            leaf = leaf_at[target]
            if leaf is None:
                if numbers[target] >= number:
                    return None
                is_needed = is_needed or only[target] != k
                tells += 1
                continue
            if only[target] == k:
                is_needed = is_needed or not _is_empty(leaf)
            else:
                is_needed = True
                waiting[target] -= 1
                if waiting[target]:
                    continue
            order.append(target)
            ready += 1
        if ready > 2:
            return None  # the engine does not say which of several leaves comes first
        is_needed = is_needed or tells > 1  # one hook in place of several
        if is_needed:
            heard.append(i)
        for k in range(begin, end):
            target = targets[k]
            if target == NOWHERE:
                continue
            leaf = leaf_at[target]
            if leaf is not None and only[target] == k and _is_empty(leaf):
                read.append((target, leaf))
                continue
            if not is_needed:
                continue
            if only[target] != k:
                ways[k] = COPY
            elif leaf is not None or has_one_output(nodes[target]):
                ways[k], told[target] = FOLLOW, True
    for i in waiting:
        leaf = leaf_at[i]
        if leaf is not None and _is_empty(leaf):
            read.append((i, leaf))
        else:
            heard.append(i)
    return Plan(heard, told, ways, read, order)


def _is_empty(leaf: Tensor) -> bool:
    """Whether a leaf's .grad will be what it receives."""
    return leaf.grad is None and leaf.requires_grad
