"""Results as pandas DataFrames: a row a node, an edge or a tensor, with typed columns.

pandas is imported when the first frame is asked for: the engine itself does without it. The
records' own methods call these functions, so nothing of the records is imported here.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

# What columns of numbers hold where there is none: pandas' own missing value.
_WHOLE, _REAL, _TEXT, _FLAG = "Int64", "float64", "string", "boolean"


def _measures(array: Any) -> tuple[float, float, float]:
    """An array's norm, the share of its elements that are zero, and of those that are NaN or ±inf.

    The norm is taken over the finite elements alone; of an empty array all three are NaN.
    """
    if array is None or array.size == 0:
        return (np.nan, np.nan, np.nan)
    known = getattr(array, "summary", None)
    if known is not None:
        return known.norm, known.zeros, known.nonfinite
    finite = np.isfinite(array)
    numbers = np.abs(array[finite].astype(complex if np.iscomplexobj(array) else float))
    largest = float(numbers.max(initial=0.0))
    # Scaled first, so that the squares of large numbers do not overflow.
    norm = largest * float(np.sqrt(((numbers / largest) ** 2).sum())) if largest else 0.0
    return norm, float((array == 0).mean()), float(1 - finite.mean())


def _bytes_of(array: Any) -> int:
    """That the values of a tensor take; of a sample, those of the tensor."""
    known = getattr(array, "summary", None)
    return int((array.size if known is None else known.size) * array.dtype.itemsize)


def _measured(arrays: Iterable[Any]) -> tuple[float, float, float]:
    """The same for several arrays together, those that are there."""
    known = [array for array in arrays if array is not None]
    if len(known) == 1:
        return _measures(known[0])
    if not any(getattr(array, "summary", None) for array in known):
        return _measures(np.concatenate([np.ravel(array) for array in known]) if known else None)
    sizes = [_size(array) for array in known]
    norms, zeros, nonfinite = zip(*map(_measures, known), strict=True)
    return (
        float(np.linalg.norm(norms)),
        float(np.average(zeros, weights=sizes)),
        float(np.average(nonfinite, weights=sizes)),
    )


def _size(array: Any) -> int:
    known = getattr(array, "summary", None)
    return int(array.size if known is None else known.size)


def _frame(columns: dict[str, tuple[str, Iterable[Any]]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series(list(values), dtype=kind) for name, (kind, values) in columns.items()}
    )


def _shape(array: Any) -> tuple[int, ...]:
    known = getattr(array, "summary", None)
    shape: tuple[int, ...] = array.shape if known is None else known.shape
    return shape


def nodes_frame(nodes: Sequence[Any], order: Sequence[int]) -> "pd.DataFrame":
    """A row for each node of a graph, indexed as BackwardGraph.nodes is.

    name, kind, tensor, line   as Node has them
    shapes                     of the forward outputs, a tuple of tuples
    fired                      its place in the order of backward, from 1; <NA> if it did not run
    norm, zeros, nonfinite     of its upstream gradients together: the 2-norm over the finite
                               elements, the shares (0 to 1) of zeros and of NaN or ±inf
    saved_bytes                of the tensors that it kept for backward
    module, file               where watch() knows them, else ""
    """
    place = {node: i for i, node in enumerate(order, 1)}
    measures = [_measured(node.upstream) for node in nodes]
    return _frame(
        {
            "name": (_TEXT, [node.name for node in nodes]),
            "kind": (_TEXT, [node.kind for node in nodes]),
            "tensor": (_TEXT, [node.tensor for node in nodes]),
            "line": (_WHOLE, [node.line for node in nodes]),
            "shapes": ("object", [node.shapes for node in nodes]),
            "fired": (_WHOLE, [place.get(node.id) for node in nodes]),
            "norm": (_REAL, [measure[0] for measure in measures]),
            "zeros": (_REAL, [measure[1] for measure in measures]),
            "nonfinite": (_REAL, [measure[2] for measure in measures]),
            "saved_bytes": (_WHOLE, [sum(saved.nbytes for saved in n.saved) for n in nodes]),
            "module": (_TEXT, [node.module for node in nodes]),
            "file": (_TEXT, [node.file for node in nodes]),
        }
    )


def edges_frame(edges: Sequence[Any]) -> "pd.DataFrame":
    """A row for each edge of a graph, in the order of BackwardGraph.edges.

    source, slot, target, input_nr  as Edge has them; target is <NA> where no gradient is needed
    shape                           of the gradient that travelled; None if none did
    norm, zeros, nonfinite          of that gradient, as in nodes_frame
    """
    measures = [_measures(edge.gradient) for edge in edges]
    shapes = [None if e.gradient is None else _shape(e.gradient) for e in edges]
    return _frame(
        {
            "source": (_WHOLE, [edge.source for edge in edges]),
            "slot": (_WHOLE, [edge.slot for edge in edges]),
            "target": (_WHOLE, [edge.target for edge in edges]),
            "input_nr": (_WHOLE, [edge.input_nr for edge in edges]),
            "shape": ("object", shapes),
            "norm": (_REAL, [measure[0] for measure in measures]),
            "zeros": (_REAL, [measure[1] for measure in measures]),
            "nonfinite": (_REAL, [measure[2] for measure in measures]),
        }
    )


class LeafGradient(NamedTuple):
    name: str
    shape: tuple[int, ...]
    gradient: Any
    status: str
    line: int | None


def leaves_frame(leaves: Sequence[LeafGradient]) -> "pd.DataFrame":
    """A row for each leaf, by name.

    shape            of the leaf
    grad_norm        of its gradient, as in nodes_frame; NaN where it has none
    grad_zeros       the share of zeros
    nonfinite_count  how many elements are NaN or ±inf; <NA> where it has none
    status, line     of the finding about it: "arrived" and <NA> if all is well
    """
    measures = [_measures(leaf.gradient) for leaf in leaves]
    counts = [
        None
        if leaf.gradient is None
        else round(measure[2] * _size(leaf.gradient))
        if leaf.gradient.size
        else 0
        for leaf, measure in zip(leaves, measures, strict=True)
    ]
    frame = _frame(
        {
            "shape": ("object", [leaf.shape for leaf in leaves]),
            "grad_norm": (_REAL, [measure[0] for measure in measures]),
            "grad_zeros": (_REAL, [measure[1] for measure in measures]),
            "nonfinite_count": (_WHOLE, counts),
            "status": (_TEXT, [leaf.status for leaf in leaves]),
            "line": (_WHOLE, [leaf.line for leaf in leaves]),
        }
    )
    frame.index = [leaf.name for leaf in leaves]
    return frame.rename_axis("name")


def tensors_frame(tensors: Mapping[str, Any], statements: Iterable[Any]) -> "pd.DataFrame":
    """A row for each variable of a run that is a tensor, by name.

    shape, dtype, requires_grad, is_leaf, grad_fn  as TensorView has them
    line                                           that last assigned it; <NA> if none is kept
    norm, zeros, nonfinite                         of its values, as in nodes_frame
    grad_norm, grad_zeros, grad_nonfinite          of its .grad; NaN where .grad is None
    nbytes                                         that its values take
    """
    lines = {name: s.line for s in statements for name in s.assigned}
    views = list(tensors.values())
    values = [_measures(view.values) for view in views]
    grads = [_measures(view.grad) for view in views]
    frame = _frame(
        {
            "shape": ("object", [view.shape for view in views]),
            "dtype": (_TEXT, [view.dtype for view in views]),
            "requires_grad": (_FLAG, [view.requires_grad for view in views]),
            "is_leaf": (_FLAG, [view.is_leaf for view in views]),
            "grad_fn": (_TEXT, [view.grad_fn for view in views]),
            "line": (_WHOLE, [lines.get(name) for name in tensors]),
            "norm": (_REAL, [measure[0] for measure in values]),
            "zeros": (_REAL, [measure[1] for measure in values]),
            "nonfinite": (_REAL, [measure[2] for measure in values]),
            "grad_norm": (_REAL, [measure[0] for measure in grads]),
            "grad_zeros": (_REAL, [measure[1] for measure in grads]),
            "grad_nonfinite": (_REAL, [measure[2] for measure in grads]),
            "nbytes": (_WHOLE, [_bytes_of(view.values) for view in views]),
        }
    )
    frame.index = list(tensors)
    return frame.rename_axis("name")
