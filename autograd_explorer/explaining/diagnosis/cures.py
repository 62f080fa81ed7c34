"""cured(source, finding): the program with the line changed as the cure says, where a change of
that line is enough.

Only the characters that the cure concerns are replaced: comments, spaces and all other lines stay
as their author wrote them. Whether the change helps is for a run of the new program to show.
"""

import ast
from collections.abc import Callable, Iterable, Iterator

from autograd_explorer.explaining.diagnosis.finding import Finding
from autograd_explorer.explaining.diagnosis.syntax import tree_of

Edit = tuple[ast.AST, str]  # a part of the program, and the text that replaces it
# What stands in these needs parentheses, unless it is one of those.
_BINDING = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Attribute, ast.Subscript)
_WHOLE = (ast.Name, ast.Call, ast.Attribute, ast.Subscript, ast.Constant, ast.List, ast.ListComp)
_SMALL = "1e-12"


class _Place:
    """The statements of a program that stand on a line, and the text of each of their parts."""

    def __init__(self, source: str, finding: Finding) -> None:
        self.source, self.finding = source, finding
        line = finding.line or 0
        self.around = [
            node
            for node in ast.walk(tree_of(source))
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
        ]
        inner_first = self.around[::-1]
        self.statement = min(inner_first, key=lambda node: (node.end_lineno or 0) - node.lineno)
        self._outer = {
            inner: node for node in ast.walk(self.statement) for inner in ast.iter_child_nodes(node)
        }
        self._starts = [0]  # of each line, in bytes
        for text in source.encode().split(b"\n"):
            self._starts.append(self._starts[-1] + len(text) + 1)

    def nodes(self) -> Iterator[ast.AST]:
        """The parts of the statement; of one that has a body, those of its head."""
        bodies = {id(inner) for inner in getattr(self.statement, "body", ())}
        todo: list[ast.AST] = [self.statement]
        while todo:
            node = todo.pop(0)
            yield node
            todo += [child for child in ast.iter_child_nodes(node) if id(child) not in bodies]

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """The calls of functions or methods that have one of these names."""
        for node in self.nodes():
            if isinstance(node, ast.Call) and _name(node.func) in names:
                yield node

    def text(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.source.encode()[start:end].decode()

    def operand(self, node: ast.AST) -> str:
        """The text of a part, in parentheses unless it is one thing."""
        text = self.text(node)
        return text if isinstance(node, _WHOLE) else f"({text})"

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a part begins and ends, in bytes."""
        return (
            self._starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
            self._starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
        )

    def changed(self, edits: Iterable[Edit]) -> str:
        """The program with these parts replaced; of two that overlap, the outer one."""
        text = self.source.encode()
        last = len(text) + 1
        fitting = [(*self.span(node), self._fitting(node, new)) for node, new in edits]
        spans = sorted(fitting, key=lambda edit: (-edit[1], edit[0]))
        for start, end, new in spans:
            if end <= last:
                text = text[:start] + new.encode() + text[end:]
                last = start
        return text.decode()

    def _fitting(self, node: ast.AST, new: str) -> str:
        """The text in parentheses, if the part stands in something that would tear it apart."""
        outer = self._outer.get(node)
        if not isinstance(node, ast.expr) or not isinstance(outer, _BINDING):
            return new
        whole = isinstance(ast.parse(new, mode="eval").body, _WHOLE)
        return new if whole or self._in_parentheses(node) else f"({new})"

    def _in_parentheses(self, node: ast.expr) -> bool:
        start, end = self.span(node)
        text = self.source.encode()
        return text[start - 1 : start] == b"(" and text[end : end + 1] == b")"


def cured(source: str, finding: Finding) -> str | None:
    """The program with the finding's line changed, or None where that takes more than a change of
    one line, or is a matter of what the author wanted."""
    make = _CURES.get(finding.cause)
    if make is None or finding.line is None:
        return None
    try:
        place = _Place(source, finding)
    except (SyntaxError, ValueError):  # no Python, or no statement on that line
        return None
    new = place.changed(make(place))
    return None if new == source else new


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _method(call: ast.Call) -> ast.expr | None:
    """What a method is called of: the tensor in x.item(), but not the module in torch.round(x)."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="torch" | "nn" | "F" | "np" | "init")):
            return None
        case ast.Attribute(value=owner):
            return owner
    return None


def _argument(call: ast.Call) -> ast.expr | None:
    """What a function of one tensor is called with, be it written f(x) or x.f()."""
    return _method(call) or (call.args[0] if call.args else None)


def _keep_the_tensor(place: _Place) -> Iterator[Edit]:
    for call in place.calls("item", "float", "int", "tolist", "numpy", "long", "detach", "round"):
        of = _method(call) if isinstance(call.func, ast.Attribute) else _argument(call)
        if of is not None:
            yield call, place.text(of)


def _leave_out_data(place: _Place) -> Iterator[Edit]:
    for node in place.nodes():
        if isinstance(node, ast.Attribute) and node.attr == "data":
            yield node, place.text(node.value)


def _stack(place: _Place) -> Iterator[Edit]:
    for call in place.calls("tensor", "as_tensor", "FloatTensor", "Tensor", "Variable"):
        if not call.args:
            continue
        values = call.args[0]
        several = isinstance(values, (ast.List, ast.Tuple, ast.ListComp))
        lists = isinstance(values, ast.Name) and _name(call.func) != "Variable"
        yield call, f"torch.stack({place.text(values)})" if several or lists else place.text(values)


def _record(place: _Place) -> Iterator[Edit]:
    for node in place.nodes():
        if isinstance(node, ast.Call | ast.Attribute):
            if _name(node if isinstance(node, ast.Attribute) else node.func) in (
                "no_grad",
                "inference_mode",
            ):
                yield (
                    node,
                    "torch.enable_grad()" if isinstance(node, ast.Call) else ("torch.enable_grad"),
                )


def _without(keyword: str) -> Callable[[_Place], Iterator[Edit]]:
    """Leave out an argument of this name, wherever on the line it stands."""

    def make(place: _Place) -> Iterator[Edit]:
        for node in place.nodes():
            if isinstance(node, ast.Call) and any(one.arg == keyword for one in node.keywords):
                kept = [place.text(a) for a in node.args]
                kept += [place.text(one) for one in node.keywords if one.arg != keyword]
                yield node, f"{place.text(node.func)}({', '.join(kept)})"

    return make


def _retain(place: _Place) -> Iterator[Edit]:
    statement = place.statement
    if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign):
        indent = " " * statement.col_offset
        yield statement, f"{place.text(statement)}\n{indent}{place.finding.name}.retain_grad()"


def _flag_last(place: _Place) -> Iterator[Edit]:
    """Ask for the gradient of the finished tensor, and not of what it is made from."""
    value = getattr(place.statement, "value", None)
    if not isinstance(value, ast.expr):
        return
    for edit, text in _without("requires_grad")(place):
        start, end = place.span(edit)
        outer, last = place.span(value)
        before, after = place.source.encode()[outer:start], place.source.encode()[end:last]
        whole = before.decode() + text + after.decode()
        yield value, f"({whole}).requires_grad_()"
        return


def _name_in_place(place: _Place) -> Iterator[Edit]:
    """w = w - step as w -= step, which autograd allows while it does not record."""
    signs: dict[type[ast.operator], str] = {ast.Sub: "-=", ast.Add: "+=", ast.Mult: "*="}
    match place.statement:
        case ast.Assign(
            targets=[ast.Name(id=name) as target],
            value=ast.BinOp(left=ast.Name(id=left), op=op, right=right),
        ) if name == left and type(op) in signs:
            new = f"{place.text(target)} {signs[type(op)]} {place.text(right)}"
            if not any(isinstance(one, ast.With) for one in place.around):
                new = f"with torch.no_grad():\n{' ' * (place.statement.col_offset + 4)}{new}"
            yield place.statement, new


def _name_anew(place: _Place) -> Iterator[Edit]:
    """out += x as out = out + x."""
    signs: dict[type[ast.operator], str] = {
        ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    }  # fmt: skip
    match place.statement:
        case ast.AugAssign(target=ast.Name() as target, op=op, value=value) if type(op) in signs:
            name = place.text(target)
            yield place.statement, f"{name} = {name} {signs[type(op)]} {place.operand(value)}"
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) as c
        ):
            if method.endswith("_") and not method.startswith("_"):
                given = ", ".join(map(place.text, [*c.args, *c.keywords]))
                yield place.statement, f"{name} = {name}.{method[:-1]}({given})"


def _detach(place: _Place) -> Iterator[Edit]:
    """Cut the tensor loose where this line reads it."""
    for node in place.nodes():
        if isinstance(node, ast.Name) and node.id == place.finding.name:
            if isinstance(node.ctx, ast.Load):
                yield node, f"{node.id}.detach()"


def _keep_numbers(place: _Place) -> Iterator[Edit]:
    match place.statement:
        case ast.AugAssign(value=value):
            yield value, f"{place.operand(value)}.detach()"
        case ast.Assign(value=ast.BinOp(right=value)):
            yield value, f"{place.operand(value)}.detach()"
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[value])):
            yield value, f"{place.operand(value)}.detach()"


def _module_list(place: _Place) -> Iterator[Edit]:
    value = getattr(place.statement, "value", None)
    if isinstance(value, ast.List | ast.ListComp | ast.BinOp):
        yield value, f"nn.ModuleList({place.text(value)})"


def _as_list(place: _Place) -> Iterator[Edit]:
    value = getattr(place.statement, "value", None)
    if isinstance(value, ast.expr):
        yield value, f"list({place.text(value)})"


def _away_from_the_edge(place: _Place) -> Iterator[Edit]:
    """A small number before the function whose slope is infinite there."""
    for node in place.nodes():
        match node:
            case ast.Call() if _name(node.func) in ("sqrt", "rsqrt", "log", "log2", "log10"):
                of = _argument(node)
                if of is None:
                    continue
                yield of, f"{place.text(of)} + {_SMALL}"
            case ast.BinOp(left=left, op=ast.Pow()):
                yield left, f"{place.text(left)} + {_SMALL}"
            case ast.Call() if _name(node.func) in ("acos", "asin", "arccos", "arcsin"):
                of = _argument(node)
                if of is not None:
                    yield of, f"{place.operand(of)}.clamp(-1 + 1e-6, 1 - 1e-6)"


def _finite_mask(place: _Place) -> Iterator[Edit]:
    for node in place.nodes():
        text = place.text(node) if isinstance(node, ast.expr) else ""
        if text.replace("'", '"') in ('float("-inf")', "-torch.inf", "-math.inf", '-float("inf")'):
            yield node, "-1e9"


def _straight_through(place: _Place) -> Iterator[Edit]:
    for call in place.calls("round", "floor", "ceil", "trunc", "sign"):
        of = _argument(call)
        if of is not None:
            yield call, f"{place.operand(of)} + ({place.text(call)} - {place.operand(of)}).detach()"


def _reparameterise(place: _Place) -> Iterator[Edit]:
    for call in place.calls("normal"):
        if len(call.args) == 2:
            mean, spread = map(place.operand, call.args)
            yield call, f"{mean} + {spread} * torch.randn_like({place.text(call.args[0])})"
    for call in place.calls("sample"):
        yield call.func, f"{place.text(call.func.value)}.rsample"  # type: ignore[attr-defined]


def _leave_out_softmax(place: _Place) -> Iterator[Edit]:
    for call in place.calls("softmax", "Softmax"):
        of = _argument(call)
        if of is not None:
            yield call, place.text(of)


def _leave_out_relu(place: _Place) -> Iterator[Edit]:
    for call in place.calls("relu", "relu_"):
        of = _argument(call)
        if of is not None:
            yield call, f"torch.nn.functional.leaky_relu({place.text(of)})"


def _copy_first(place: _Place) -> Iterator[Edit]:
    for node in place.nodes():
        if isinstance(node, ast.Attribute) and node.attr == "data":
            yield node, f"{place.text(node.value)}.detach().clone()"


def _answer_zero(place: _Place) -> Iterator[Edit]:
    for call in place.calls("grad"):
        there = {one.arg for one in call.keywords}
        more = [f"{key}=True" for key in ("allow_unused", "materialize_grads") if key not in there]
        kept = [place.text(part) for part in (*call.args, *call.keywords)]
        yield call, f"{place.text(call.func)}({', '.join([*kept, *more])})"


def _scatter_add(place: _Place) -> Iterator[Edit]:
    for call in place.calls("scatter", "scatter_", "index_copy", "index_copy_"):
        function = place.text(call.func)
        for old, new in (("scatter", "scatter_add"), ("index_copy", "index_add")):
            stem, found, end = function.rpartition(old)
            if found:
                yield call.func, f"{stem}{new}{end}"


_CURES: dict[str, Callable[[_Place], Iterator[Edit]]] = {
    "carried_graph": _detach,
    "changed_behind_autograd": _copy_first,
    "constant_derivative": _answer_zero,
    "cut_data": _leave_out_data,
    "cut_detach": _keep_the_tensor,
    "cut_inference": _record,
    "cut_item": _keep_the_tensor,
    "cut_new_tensor": _stack,
    "cut_no_grad": _record,
    "drawn": _reparameterise,
    "flat_operation": _straight_through,
    "in_a_plain_list": _module_list,
    "in_place_on_skip": _without("inplace"),
    "index_twice": _scatter_add,
    "infinite_slope": _away_from_the_edge,
    "iterator_used_up": _as_list,
    "kept_graphs": _keep_numbers,
    "leaf_without_a_name": _flag_last,
    "masked_row": _finite_mask,
    "modified_by_module": _without("inplace"),
    "modified_in_place": _name_anew,
    "name_rebound": _name_in_place,
    "not_a_leaf": _retain,
    "not_detached": _detach,
    "padding": _without("padding_idx"),
    "relu_dead": _leave_out_relu,
    "softmax_twice": _leave_out_softmax,
    "sparse_gradient": _without("sparse"),
}
