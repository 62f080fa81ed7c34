"""Show whatever is chosen of a graph: a node's card, an edge's, or what a line recorded."""

import autograd_explorer as ax
from components.graph_view.describe import clipped, listed
from components.links import nodes_of
from components.node_card import show_edge, show_node
from components.part import part
from components.prose import note, paragraph, show
from components.selection import Selection
from texts import Say


@part()
def show_chosen(
    graph: ax.BackwardGraph, chosen: Selection | None, say: Say, key: str, hint: str
) -> None:
    """The card of what is chosen, or a hint how to choose."""
    if chosen is None or (chosen.kind in ("node", "edge") and not nodes_of(graph, chosen)):
        show(note(hint))
    elif chosen.kind == "node":
        show_node(graph, chosen.numbers[0], say, key=key)
    elif chosen.kind == "edge":
        source, slot = chosen.numbers
        show_edge(graph, source, slot, say, key=key)
    elif chosen.kind == "line":
        lit = sorted(nodes_of(graph, chosen))
        nodes = listed((f"`{i} {clipped(graph.nodes[i].name)}`" for i in lit), len(lit), ", ", say)
        words = "line_recorded" if lit else "line_nothing"
        show(paragraph(say(words, line=chosen.numbers[0], nodes=nodes)))
