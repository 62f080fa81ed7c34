"""Which nodes of a graph have to be listened to, so that all gradients of a pass are known.

Where no hook of somebody else's may replace a gradient, what one node sends is what the next one
receives. So of two neighbours in a chain it is enough to listen to one, and what a leaf received
can be read from its .grad afterwards, if that was empty before. The order in which the nodes run
follows from the numbers by which the engine takes the newest first.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from torch import Tensor

from autograd_explorer.recording.settled import NOWHERE
from autograd_explorer.torch_internals import has_one_output, is_made_by_function, numbers_of

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


def plan_of(
    nodes: Sequence[Any],
    first: Sequence[int],
    targets: Sequence[int],
    only: Sequence[int | None],
    leaves: Sequence[tuple[int, Tensor]],
) -> Plan | None:
    """How to listen to a pass that goes to every leaf, and in which no hook replaces a gradient.
    None where some Python might run meanwhile, or the order is not told by the numbers."""
    if any(map(is_made_by_function, {node.__class__ for node in nodes})):
        return None
    if len({id(leaf) for _, leaf in leaves}) < len(leaves):
        return None  # a leaf whose data were replaced by those of another type has two nodes
    numbers, ends = numbers_of(nodes), [*first[1:], len(targets)]
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
            if not is_needed:
                if leaf is not None:
                    read.append((target, leaf))
            elif only[target] != k:
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
