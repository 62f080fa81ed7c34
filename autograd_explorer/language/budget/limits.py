"""How much one run may take."""

from dataclasses import dataclass

# Elements of a tensor of which all values are kept; of a larger one it is a sample.
MOST_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run may take; reaching one stops the run at that line.

    source_chars, nesting  length of the text; depth of its syntax tree
    statements, turns      statements executed and loop turns taken, not written
    call_depth             calls of the program's own functions inside one another; fewer where
                           Python's recursion limit does not allow so many, as in a process that
                           has left it at 1000: there it is 50
    elements               in one tensor
    total_bytes            of all tensors alive at once
    kept_bytes             of everything that the Run keeps
    work                   multiplications in one operation
    graph_depth            recorded operations in a row: freeing a longer chain node by node
                           would overflow the C stack (torch 2.13: somewhere above 40,000)
    graph_nodes, _edges    in a graph that backward runs through
    printed_chars          written by print
    text_chars, items      in one string; in one list, those of the lists in it included
    integer_bits           of one whole number
    seconds                of wall time
    """

    source_chars: int = 40_000
    nesting: int = 60
    statements: int = 200_000
    turns: int = 100_000
    call_depth: int = 500
    elements: int = 6_000_000
    total_bytes: int = 256 * 2**20
    kept_bytes: int = 128 * 2**20
    work: int = 2_000_000_000
    graph_depth: int = 10_000
    graph_nodes: int = 20_000
    graph_edges: int = 200_000
    printed_chars: int = 100_000
    text_chars: int = 20_000
    items: int = 100_000
    integer_bits: int = 1024
    seconds: float = 5.0


DEFAULT = Limits()
