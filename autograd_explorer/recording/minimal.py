"""The idea of this project in one screen: walk the graph, hang a hook on each node, run backward.

Autograd keeps its graph in the open. A tensor that was computed has a `grad_fn`: the node that
knows how to send a gradient back through the operation. A node has `next_functions`: the nodes
that it hands its results to, one for each input of the operation. And a node takes hooks, which
PyTorch calls with what it received and what it is about to send.

The tests hold the full tracer against this one.
"""

from typing import Any, NamedTuple

from torch import Tensor


class Passed(NamedTuple):
    """What one node did in one backward pass.

    .name      the node's name, such as "MulBackward0"
    .received  the upstream gradients, one for each output of its operation
    .sent      the gradients that it handed on, one for each input; None where none is needed
    """

    name: str
    received: tuple[Tensor | None, ...]
    sent: tuple[Tensor | None, ...]


def watch_backward(output: Tensor) -> list[Passed]:
    """Run output.backward() and tell what each node received and sent, in the engine's order.

    Shapes:  output has one element
    Raises:  whatever PyTorch raises
    """
    nodes: list[Any] = [output.grad_fn]
    for node in nodes:  # the list grows while it is walked, until no node is new
        nodes += {n for n, _ in node.next_functions if n is not None}.difference(nodes)

    passed: list[Passed] = []

    def note(node: Any, sent: tuple[Any, ...], received: tuple[Any, ...]) -> None:
        copies = [tuple(t if t is None else t.clone() for t in ts) for ts in (received, sent)]
        passed.append(Passed(node.name(), *copies))

    hooks = [node.register_hook(lambda s, r, node=node: note(node, s, r)) for node in nodes]
    output.backward()
    for hook in hooks:
        hook.remove()
    return passed
