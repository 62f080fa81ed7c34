"""A script as plain PyTorch runs it, with what the doors are held against: each backward pass, by
hooks of PyTorch's own, and each value that a line assigned, by a call written after the line."""

import ast
from dataclasses import dataclass, field
from typing import Any

import pytest
import torch

_WIDER = {torch.bfloat16: torch.float32}  # which NumPy lacks


@dataclass
class Passed:
    """One pass. Of each node its .names, what it .received and .sent, in the order of a walk from
    the root, breadth first; .links as (source, which of its inputs, target, which of its outputs);
    .leaves the tensor of each AccumulateGrad; .loss the bits of what it began at."""

    names: list[str]
    links: list[tuple[int, int, int | None, int]]
    leaves: dict[int, torch.Tensor]
    loss: tuple[Any, ...]
    received: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    sent: dict[int, tuple[Any, ...]] = field(default_factory=dict)


@dataclass
class Plain:
    """.passes in their order; .told, by line, the values that it assigned each time it ran."""

    passes: list[Passed]
    told: dict[int, list[dict[str, Any]]]
    variables: dict[str, Any]

    def name_of(self, leaf: torch.Tensor) -> str | None:
        """The name of a leaf that a variable leads to, or a module in one."""
        for name, value in self.variables.items():
            if value is leaf:
                return name
            if isinstance(value, torch.nn.Module):
                for path, parameter in value.named_parameters():
                    if parameter is leaf:
                        return f"{name}.{path}"
        return None


def bits(value: Any) -> Any:
    """All of a tensor, to compare it without forgiving anything; of a number its text."""
    if not isinstance(value, torch.Tensor):
        return repr(value) if type(value) in (bool, int, float) else None
    array = value.detach().to(_WIDER.get(value.dtype, value.dtype)).numpy()
    return array.shape, array.dtype.str, array.tobytes()


def run_plain(path: Any) -> Plain:
    passes: list[Passed] = []
    told: dict[int, list[dict[str, Any]]] = {}

    def note(line: int, values: dict[str, Any]) -> None:
        told.setdefault(line, []).append({name: bits(value) for name, value in values.items()})

    variables = {"__name__": "__main__", "__file__": str(path), "__note__": note}
    tree = ast.fix_missing_locations(_Telling().visit(ast.parse(path.read_text(encoding="utf-8"))))
    original = torch.autograd._engine_run_backward  # type: ignore[attr-defined]

    def door(outputs: Any, *args: Any, **kwargs: Any) -> Any:
        (root,) = outputs
        passed, hooks = _hooked(root)
        passes.append(passed)
        try:
            return original(outputs, *args, **kwargs)
        finally:
            for hook in hooks:
                hook.remove()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(torch.autograd, "_engine_run_backward", door)
        exec(compile(tree, str(path), "exec"), variables)  # noqa: S102
    del variables["__note__"]
    return Plain(passes, told, variables)


def _hooked(root: torch.Tensor) -> tuple[Passed, list[Any]]:
    nodes: list[Any] = [root.grad_fn]
    links = []
    for source, node in enumerate(nodes):
        for nr, (target, output) in enumerate(node.next_functions):
            if target is not None and target not in nodes:
                nodes.append(target)
            links.append((source, nr, None if target is None else nodes.index(target), output))
    names = [node.name().rpartition("::")[2] for node in nodes]
    leaves = {i: node.variable for i, node in enumerate(nodes) if hasattr(node, "variable")}
    passed = Passed(names, links, leaves, bits(root))

    def hook(at: int) -> Any:
        def listen(sent: Any, received: Any) -> None:
            passed.sent[at] = tuple(None if t is None else bits(t) for t in sent)
            passed.received[at] = tuple(None if t is None else bits(t) for t in received)

        return listen

    return passed, [node.register_hook(hook(i)) for i, node in enumerate(nodes)]


class _Telling(ast.NodeTransformer):
    """Writes a call after each line that assigns, or into the body of what it heads."""

    def generic_visit(self, node: ast.AST) -> Any:
        super().generic_visit(node)
        match node:
            case ast.Assign(targets=targets):
                return [node, *self._call(node, targets)]
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                return [node, *self._call(node, [target])]
            case ast.For(target=target):
                node.body[:0] = self._call(node, [target])
        return node

    def _call(self, node: ast.stmt, targets: list[ast.expr]) -> list[ast.stmt]:
        names = [name for target in targets for name in _names(target)]
        pairs = ", ".join(f"{name!r}: {name}" for name in names)
        return ast.parse(f"__note__({node.lineno}, {{{pairs}}})").body if names else []


def _names(target: ast.expr) -> list[str]:
    match target:
        case ast.Name() | ast.Attribute(value=ast.Name()):
            return [ast.unparse(target)]
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [name for part in parts for name in _names(part)]
    return []
