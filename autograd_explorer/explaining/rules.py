"""Backward rules of the operations that learners meet, each as a short equation.

Each restates the formula of one entry of derivatives.yaml as operands with operators between
them, taken from left to right. equations.py evaluates them and holds them against what
the engine sent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd_explorer.records import Array, BackwardGraph, Edge, Node, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """An array in an equation.

    .label   in the words of derivatives.yaml: "grad" is the upstream gradient, "matᵀ" a transpose
    .values  float64
    """

    label: str
    values: Array


class NotSaved(Exception):
    """A rule needs something that this node does not hold: PyTorch saves only what the inputs that
    require a gradient need, and gives it up once backward has used it.

    .name  in the words of derivatives.yaml
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Facts:
    """What a rule may use: the upstream gradient, what was saved, and the shape wanted."""

    def __init__(
        self, graph: BackwardGraph, edge: Edge, name: str, upstream: Array | None = None
    ) -> None:
        assert edge.target is not None and edge.gradient is not None  # noqa: S101
        self.input = name
        self.edge = edge
        self.sent = edge.gradient
        self.shape: Shape = graph.nodes[edge.target].shapes[edge.input_nr]
        self._node: Node = graph.nodes[edge.source]
        self._upstream = self._node.upstream[0] if upstream is None else upstream

    @property
    def grad(self) -> Operand:
        """The upstream gradient of the first output."""
        return Operand("grad", _exact(self._upstream))

    def saved(self, name: str) -> Operand:
        """A saved tensor; a saved number counts as a tensor without dimensions.

        Raises:  NotSaved
        """
        for saved in self._node.saved:
            if saved.name == name and saved.held:
                values = saved.plain if saved.values is None else saved.values
                if values is not None:
                    return Operand(name, _exact(values))
        raise NotSaved(name)

    def plain(self, name: str) -> Any:
        """A saved number, tuple or array; None if the node saved None or nothing of that name."""
        for saved in self._node.saved:
            if saved.name == name and saved.held:
                return saved.plain if saved.values is None else saved.values
        return None

    def needed(self, name: str) -> Any:
        """The same, of what the rule cannot do without.

        Raises:  NotSaved
        """
        found = self.plain(name)
        if found is None:
            raise NotSaved(name)
        return found

    def listed(self, name: str) -> list[Any]:
        """A saved list, item by item: of indices, None stands for a whole dimension."""
        items = [saved for saved in self._node.saved if saved.name.startswith(f"{name}[")]
        if not items or not all(saved.held for saved in items):
            raise NotSaved(name)
        return [saved.plain if saved.values is None else saved.values for saved in items]


Parts = tuple[Operand | str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """.forward what the operation computes; .parts the equation for the input asked for."""

    forward: str
    parts: Callable[[Facts], Parts]


def _exact(values: Any) -> Array:
    return np.asarray(values, dtype=np.float64)


def _transposed(operand: Operand) -> Operand:
    return Operand(f"{operand.label}ᵀ", operand.values.swapaxes(-1, -2))


def _scaled(parts: Parts, label: str, factor: Any) -> Parts:
    """Append a factor unless it is 1."""
    return parts if factor in (1, None) else (*parts, "⊙", Operand(label, _exact(factor)))


def _mm(f: Facts) -> Parts:
    if f.input == "self":
        return f.grad, "@", _transposed(f.saved("mat2"))
    return _transposed(f.saved("self")), "@", f.grad


def _addmm(f: Facts) -> Parts:
    if f.input == "self":
        return _scaled((f.grad,), "beta", f.plain("beta"))
    if f.input == "mat2":
        parts: Parts = (_transposed(f.saved("mat1")), "@", f.grad)
    else:
        parts = (f.grad, "@", _transposed(f.saved("mat2")))
    return _scaled(parts, "alpha", f.plain("alpha"))


def _mv(f: Facts) -> Parts:
    if f.input == "vec":
        return Operand("selfᵀ", f.saved("self").values.T), "@", f.grad
    column = Operand("grad[:, None]", f.grad.values[:, None])
    return column, "⊙", Operand("vec[None, :]", f.saved("vec").values[None, :])


def _dot(f: Facts) -> Parts:
    return f.grad, "⊙", f.saved("tensor" if f.input == "self" else "self")


def _add(f: Facts) -> Parts:
    return (f.grad,) if f.input == "self" else _scaled((f.grad,), "alpha", f.plain("alpha"))


def _sub(f: Facts) -> Parts:
    if f.input == "self":
        return (f.grad,)
    return f.grad, "⊙", Operand("−alpha", -_exact(f.plain("alpha") or 1))


def _rsub(f: Facts) -> Parts:
    if f.input == "other":
        return (f.grad,)
    return f.grad, "⊙", Operand("−alpha", -_exact(f.plain("alpha") or 1))


def _mul(f: Facts) -> Parts:
    return f.grad, "⊙", f.saved("other" if f.input == "self" else "self")


def _div(f: Facts) -> Parts:
    other = f.saved("other")
    if f.input == "self":
        return f.grad, "÷", other
    return f.grad, "⊙", Operand("−self ÷ other²", -f.saved("self").values / other.values**2)


def _pow_scalar(f: Facts) -> Parts:
    exponent = f.saved("exponent").values
    base = f.saved("self").values
    slope = np.zeros_like(base) if exponent == 0 else exponent * base ** (exponent - 1)
    return f.grad, "⊙", Operand("exponent · self^(exponent − 1)", slope)


def _pow_tensor(f: Facts) -> Parts:
    base, exponent = f.saved("self").values, f.saved("exponent").values
    with np.errstate(all="ignore"):  # where PyTorch sets 0, NumPy would make 0·∞
        if f.input == "self":
            slope = np.where(exponent == 0, 0.0, exponent * base ** (exponent - 1))
            return f.grad, "⊙", Operand("exponent · self^(exponent − 1)", slope)
        growth = np.where((base == 0) & (exponent >= 0), 0.0, base**exponent * np.log(base))
    return f.grad, "⊙", Operand("result · log(self)", growth)


def times(label: str, slope: Callable[[Facts], Array]) -> Callable[[Facts], Parts]:
    """grad ⊙ (the slope of an elementwise function)."""
    return lambda f: (f.grad, "⊙", Operand(label, slope(f)))


def _softmax(f: Facts) -> Parts:
    result, grad = f.saved("result"), f.grad.values
    inner = (grad * result.values).sum(axis=f.needed("dim"), keepdims=True)
    return Operand("grad − Σ grad ⊙ result", grad - inner), "⊙", result


def _log_softmax(f: Facts) -> Parts:
    total = f.grad.values.sum(axis=f.needed("dim"), keepdims=True)
    share = np.exp(f.saved("result").values)
    return f.grad, "−", Operand("exp(result) ⊙ Σ grad", share * total)


def _spread(f: Facts) -> Operand:
    """A reduced gradient, repeated along the dimensions that were summed away."""
    values = f.grad.values
    dims = f.plain("dim")
    if values.ndim != len(f.shape):
        axes = (dims,) if isinstance(dims, int) else dims or range(len(f.shape))
        values = np.expand_dims(values, tuple(axis % len(f.shape) for axis in axes))
    return Operand("expand(grad)", np.broadcast_to(values, f.shape))


def _sum(f: Facts) -> Parts:
    return (_spread(f),)


def _mean(f: Facts) -> Parts:
    count = int(np.prod(f.shape)) // max(1, f.grad.values.size)
    return _spread(f), "÷", Operand("n", _exact(count))


def _max_all(f: Facts) -> Parts:
    hit = f.saved("self").values == f.saved("result").values
    return f.grad, "⊙", Operand("[self = result] ÷ Σ [self = result]", hit / hit.sum())


def _max_dim(f: Facts) -> Parts:
    placed = np.zeros(f.shape)
    grad, where = f.grad.values, np.asarray(f.needed("indices"))
    if not f.shape:
        return (f.grad,)
    axis = f.needed("dim")
    if not f.plain("keepdim"):
        grad, where = np.expand_dims(grad, axis), np.expand_dims(where, axis)
    np.put_along_axis(placed, where, grad, axis)
    return (Operand("zeros[indices] = grad", placed),)


def _reshaped(f: Facts) -> Parts:
    return (Operand(f"reshape(grad, {f.shape})", f.grad.values.reshape(f.shape)),)


def _expand(f: Facts) -> Parts:
    return (f.grad,)


def _t(f: Facts) -> Parts:
    return (Operand("gradᵀ", f.grad.values.T),)


def _transpose(f: Facts) -> Parts:
    if not f.shape:
        return (f.grad,)
    return (Operand("gradᵀ", f.grad.values.swapaxes(f.needed("dim0"), f.needed("dim1"))),)


def _permute(f: Facts) -> Parts:
    dims = [axis % len(f.shape) for axis in f.needed("dims")]
    return (Operand("permute(grad)", f.grad.values.transpose(np.argsort(dims))),)


def _select(f: Facts) -> Parts:
    placed = np.zeros(f.shape)
    np.moveaxis(placed, f.needed("dim"), 0)[f.needed("index")] = f.grad.values
    return (Operand("zeros[index] = grad", placed),)


def _slice(f: Facts) -> Parts:
    placed = np.zeros(f.shape)
    cut = slice(f.plain("start"), f.plain("end"), f.plain("step"))
    axis = f.needed("dim")
    np.moveaxis(placed, axis, 0)[cut] = np.moveaxis(f.grad.values, axis, 0)
    return (Operand("zeros[start:end:step] = grad", placed),)


def _index(f: Facts) -> Parts:
    placed = np.zeros(f.shape)
    chosen: Any = tuple(slice(None) if i is None else np.asarray(i) for i in f.listed("indices"))
    np.add.at(placed, chosen, f.grad.values)  # an element taken twice gets both
    return (Operand("zeros[indices] += grad", placed),)


def _count_if_mean(f: Facts, size: int) -> int:
    return size if f.plain("reduction") == 1 else 1


def _bce_with_logits(f: Facts) -> Parts:
    z, y = f.saved("self").values, f.saved("target").values
    sigma = 1 / (1 + np.exp(-z))
    slope, label = sigma - y, "(σ(self) − target)"
    positive = f.plain("pos_weight")
    if positive is not None:
        slope = (positive * y + 1 - y) * sigma - positive * y
        label = "(σ(self) · (1 − target) − pos_weight · target · (1 − σ(self)))"
    if f.input == "target":
        # log σ(−z) − p log σ(z), which is −z where the positive weight p is 1
        odds = np.logaddexp(0, -z) * (1 if positive is None else positive) - np.logaddexp(0, z)
        slope, label = (
            odds,
            "−self" if positive is None else "log σ(−self) − pos_weight · log σ(self)",
        )
    weight = f.plain("weight")
    if weight is not None:
        slope, label = slope * weight, f"{label} · weight"
    count = _count_if_mean(f, z.size)
    label = f"{label} ÷ {count}" if count != 1 else label
    return f.grad, "⊙", Operand(label, slope / count)


def _mse(f: Facts) -> Parts:
    off = f.saved("self").values - f.saved("target").values
    sign, label = (1, "2 (self − target)") if f.input == "self" else (-1, "2 (target − self)")
    count = _count_if_mean(f, off.size)
    label = f"{label} ÷ {count}" if count != 1 else label
    return f.grad, "⊙", Operand(label, sign * 2 * off / count)


def _nll(f: Facts) -> Parts:
    target = np.atleast_1d(np.asarray(f.needed("target")))
    classes = f.shape[-1]
    weight, label = f.plain("weight"), "−one_hot(target) ⊙ weight"
    if weight is None:
        weight, label = np.ones(classes), "−one_hot(target)"
    rows = np.zeros((len(target), classes))
    kept = target != f.plain("ignore_index")
    rows[np.flatnonzero(kept), target[kept]] = -weight[target[kept]]
    if f.plain("reduction") == 1:
        total = float(np.asarray(f.needed("total_weight")))
        rows, label = rows / total, f"{label} ÷ {total:g}"
    if f.grad.values.ndim:  # one loss per row
        return Operand("grad[:, None]", f.grad.values[:, None]), "⊙", Operand(label, rows)
    return f.grad, "⊙", Operand(label, rows.reshape(f.shape))


def _sigmoid_slope(f: Facts) -> Array:
    result = f.saved("result").values
    return _exact(result * (1 - result))


def _rules() -> Iterator[tuple[str, Rule]]:
    def rule(forward: str, parts: Callable[[Facts], Parts], *entries: str) -> None:
        found.extend((entry, Rule(forward, parts)) for entry in entries)

    found: list[tuple[str, Rule]] = []
    rule("self @ mat2", _mm, "mm", "bmm")
    rule("beta · self + alpha · mat1 @ mat2", _addmm, "addmm")
    rule("self @ vec", _mv, "mv")
    rule("Σ self ⊙ tensor", _dot, "dot")
    rule("self + alpha · other", _add, "add.Tensor", "add.Scalar")
    rule("self − alpha · other", _sub, "sub.Tensor", "sub.Scalar")
    rule("other − alpha · self", _rsub, "rsub.Tensor", "rsub.Scalar")
    rule("self ⊙ other", _mul, "mul.Tensor", "mul.Scalar")
    rule("self ÷ other", _div, "div.Tensor", "div.Scalar")
    rule("self ^ exponent", _pow_scalar, "pow.Tensor_Scalar")
    rule("self ^ exponent", _pow_tensor, "pow.Tensor_Tensor", "pow.Scalar")
    rule("−self", times("−1", lambda f: _exact(-1)), "neg")
    rule("exp(self)", times("result", lambda f: f.saved("result").values), "exp")
    rule("log(self)", times("1 ÷ self", lambda f: 1 / f.saved("self").values), "log")
    rule("√self", times("1 ÷ (2 result)", lambda f: 0.5 / f.saved("result").values), "sqrt")
    rule("|self|", times("sign(self)", lambda f: np.sign(f.saved("self").values)), "abs")
    rule("σ(self)", times("result ⊙ (1 − result)", _sigmoid_slope), "sigmoid")
    rule("tanh(self)", times("1 − result²", lambda f: 1 - f.saved("result").values ** 2), "tanh")
    rule(
        "max(self, 0)",
        times("[result > 0]", lambda f: _exact(f.saved("result").values > 0)),
        "relu",
    )
    rule("softmax(self)", _softmax, "_softmax")
    rule("log softmax(self)", _log_softmax, "_log_softmax")
    rule("Σ self", _sum, "sum", "sum.dim_IntList")
    rule("mean(self)", _mean, "mean", "mean.dim")
    rule("max(self)", _max_all, "max")
    rule("max(self, dim)", _max_dim, "max.dim")
    rule("reshape(self)", _reshaped, "view", "_unsafe_view", "_reshape_alias")
    for kind in ("squeeze", "squeeze_"):
        rule("squeeze(self)", _reshaped, kind, f"{kind}.dim", f"{kind}.dims")
    rule("unsqueeze(self)", _reshaped, "unsqueeze", "unsqueeze_")
    rule("expand(self)", _expand, "expand")
    rule("clone(self)", _expand, "clone", "alias")
    rule("selfᵀ", _t, "t", "t_")
    rule("transpose(self)", _transpose, "transpose.int", "transpose_")
    rule("permute(self)", _permute, "permute")
    rule("self[index]", _select, "select.int")
    rule("self[start:end:step]", _slice, "slice.Tensor")
    rule("self[indices]", _index, "index.Tensor")
    cross_entropy = "−(target · log σ(self) + (1 − target) · log(1 − σ(self)))"
    rule(cross_entropy, _bce_with_logits, "binary_cross_entropy_with_logits")
    rule("(self − target)²", _mse, "mse_loss")
    rule("−self[target]", _nll, "nll_loss_forward")
    yield from found


RULES = dict(_rules())
