"""Entries of the ledger about single events: hooks, modules that work in place, eval(), and the
graphs that are still kept when the run ends."""

import weakref
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from torch import Tensor, nn

from autograd_explorer.recording.graph_walks import is_of_leaf, node_of
from autograd_explorer.recording.node_tags import line_of_leaf, note_of
from autograd_explorer.recording.pass_ledger import PassLedger
from autograd_explorer.torch_internals import is_wrapped, parameters_of

_MOST_OVERWRITTEN = 32  # the last ones, that are remembered
_MOST_NODES = 20_000  # that are looked at behind what is kept at the end
_FEW_GRAPHS = 4  # of one list, without a pass


class Scopes(Protocol):
    """The variables of a program's module, and those of its functions that are running."""

    @property
    def variables(self) -> dict[str, Any]: ...

    @property
    def locals(self) -> list[dict[str, Any]]: ...


class _Overwritten:
    """A tensor that was overwritten in place, on a .line, by a module made on the line .module, and
    the names by which it was .held before, each with the id of its scope; .uses since."""

    __slots__ = ("held", "line", "module", "tensor", "uses")

    def __init__(
        self,
        tensor: weakref.ref[Tensor],
        module: int | None,
        line: int,
        held: list[tuple[int, str]],
    ) -> None:
        self.tensor, self.module, self.line, self.held = tensor, module, line, held
        self.uses = 0


class Noticed:
    """What happens beside statements and passes in one run."""

    def __init__(self, passes: PassLedger, scopes: Scopes) -> None:
        self.ledger = passes.ledger
        self._passes = passes
        self.ledger.stepped.append(self._changed)
        self._lost = passes.on_ctx
        self._variables_of = scopes
        self._kept_on_ctx: list[tuple[Tensor, int, str]] = []
        self._hooked: dict[int, tuple[weakref.ref[Tensor], int]] = {}
        self._modules: dict[int, tuple[weakref.ref[nn.Module], int]] = {}
        self._evaluated: dict[int, tuple[weakref.ref[nn.Module], int]] = {}
        self._overwritten: deque[_Overwritten] = deque(maxlen=_MOST_OVERWRITTEN)

    def hear(self, event: str, line: int, *things: Any) -> None:
        """One event, by the name of the method below that notes it."""
        _EVENTS[event](self, line, *things)

    def _hook(self, line: int, tensor: Tensor) -> None:
        if node_of(tensor) is not None:
            self._hooked[id(tensor)] = weakref.ref(tensor), line

    def _changed(self, tensor: Tensor, line: int) -> None:
        found = self._hooked.get(id(tensor))
        if found is not None and found[0]() is tensor:
            name = self.ledger.name_of(tensor)
            self.ledger.note("hook_before_in_place", found[1], name, changed_line=line)

    # The ctx of a program's autograd.Function

    def _ctx(self, line: int, value: Any, name: str) -> None:
        if isinstance(value, Tensor) and value.is_floating_point() and not value.requires_grad:
            self._kept_on_ctx.append((value, line, name))

    def _applied(self, line: int, given: list[Tensor], made: list[Tensor]) -> None:
        """What ctx got in forward, and is neither given nor returned, has no history."""
        known = {id(tensor) for tensor in (*given, *made)}
        for tensor, at, name in self._kept_on_ctx:
            if id(tensor) not in known:
                self._lost.append((at, name))
        self._kept_on_ctx.clear()

    # Modules

    def _module(self, line: int, module: nn.Module) -> None:
        if module.__dict__.get("inplace"):
            self._modules[id(module)] = weakref.ref(module), line
        if isinstance(module, nn.Embedding | nn.EmbeddingBag):
            self.ledger.note("embedding", line)

    def _in_place(self, line: int, module: Any, result: Any) -> None:
        """A module or function with inplace=True has returned."""
        changes = self.ledger.changes_of(result) if isinstance(result, Tensor) else []
        note = note_of(node_of(result)) if changes and node_of(result) is not None else None
        if note is None:
            return
        found = self._modules.get(id(module))
        if found is not None and found[0]() is module:
            changes[-1].module = found[1]
        held = [
            (id(scope), name)
            for scope in self._scopes()
            for name, value in scope.items()
            if value is result
        ]
        if held:
            one = _Overwritten(weakref.ref(result), changes[-1].module, line, held)
            note.used = partial(self._used, one)
            self._overwritten.append(one)

    def _scopes(self) -> list[dict[str, Any]]:
        return [self._variables_of.variables, *self._variables_of.locals]

    def assigned(self, values: Mapping[str, Any]) -> None:
        """A statement has assigned names. What had such a name before is no longer asked for by
        it."""
        scope = self._scopes()[-1] if self._overwritten else {}
        for one in self._overwritten:
            one.held = [
                (where, name)
                for where, name in one.held
                if where != id(scope) or name not in values
            ]

    def _used(self, one: _Overwritten) -> None:
        """The result of something that works in place goes into an operation. The second time, a
        name may still be there under which the program thinks to find what has been overwritten."""
        one.uses += 1
        if one.uses > 1:
            scopes = {id(scope): scope for scope in self._scopes()}
            tensor = one.tensor()
            names = [n for where, n in one.held if scopes.get(where, {}).get(n) is tensor]
            if names and tensor is not None:
                line = one.module or one.line
                self.ledger.note("in_place_on_skip", line, ", ".join(names), changed_line=one.line)

    def _eval(self, line: int, module: nn.Module) -> None:
        self._evaluated[id(module)] = weakref.ref(module), line

    def _step_failed(self, line: int, optimizer: Any) -> None:
        for group in optimizer.param_groups:
            for tensor in group["params"]:
                if tensor.grad is not None and tensor.grad.is_sparse:
                    name = self.ledger.name_of(tensor)
                    kind = type(optimizer).__name__
                    at = line_of_leaf(tensor) or line
                    self.ledger.note("sparse_gradient", at, name, optimizer=kind, raised_line=line)

    def _stepped(self, line: int, optimizer: Any) -> None:
        for group in optimizer.param_groups:
            for tensor in group["params"]:
                self.ledger.look(tensor, line, "step")

    def _subtracted(self, line: int, left: Tensor, right: Tensor) -> None:
        """A column minus a row, of which one is recorded and the other is data."""
        several = {left.shape, right.shape}
        count = max(left.numel(), right.numel())
        if left.requires_grad is not right.requires_grad and several == {(count, 1), (count,)}:
            name = self.ledger.name_of(left) or self.ledger.name_of(right)
            self.ledger.note(
                "broadcast", line, name,
                left=str(tuple(left.shape)), right=str(tuple(right.shape)), count=count,
            )  # fmt: skip

    # The end

    def at_end(self, names_of_kept: Callable[[], Mapping[str, Tensor]]) -> None:
        """Graphs that lists and variables still keep."""
        kept = names_of_kept()
        evaluated = self._parameters_evaluated()
        groups: dict[str, list[Tensor]] = {}
        for name, tensor in kept.items():
            if node_of(tensor) is not None and not is_wrapped(tensor):
                groups.setdefault(name.partition("[")[0], []).append(tensor)
        for name, several in groups.items():
            if self._passes.count < 2 and not evaluated and len(several) <= _FEW_GRAPHS:
                continue  # nothing would be told of them
            count, ran, leaves = _behind(several)
            note = note_of(node_of(several[-1]))
            if note is None:
                continue
            if len(ran - {-1}) > 1:
                self.ledger.note(
                    "kept_graphs", note.line, name, graphs=len(ran - {-1}), nodes=count
                )
            elif not ran:
                line = next((evaluated[leaf] for leaf in leaves if leaf in evaluated), None)
                if line is not None:
                    self.ledger.note(
                        "eval_records", line, name,
                        graphs=len(several), nodes=count, made_line=note.line,
                    )  # fmt: skip
                elif len(several) > _FEW_GRAPHS:
                    self.ledger.note(
                        "kept_graphs", note.line, name, graphs=len(several), nodes=count
                    )

    def _parameters_evaluated(self) -> dict[int, int]:
        """The ids of the parameters of modules that eval() has been called on, with its line."""
        found = {}
        for held, line in self._evaluated.values():
            module = held()
            if module is not None and not module.__dict__.get("training"):
                for _, parameter in parameters_of(module):
                    found[id(parameter)] = line
        return found


def _behind(tensors: list[Tensor]) -> tuple[int, set[int], list[int]]:
    """Of the graphs behind tensors: how many nodes, the passes whose loss is among them (-1 for
    another that went through), and the ids of the leaves."""
    queue: list[Any] = [node for node in map(node_of, tensors) if node is not None]
    seen = set(queue)
    ran: set[int] = set()
    leaves: list[int] = []
    for node in queue:
        if len(queue) > _MOST_NODES:
            break
        onward = node.next_functions
        if not onward and is_of_leaf(node):
            leaves.append(id(node.variable))
            continue
        note = note_of(node)
        if note is not None and note.ran is not None:
            ran.add(note.ran if note.place == 0 else -1)
        for other, _ in onward:
            if other is not None and other not in seen:
                seen.add(other)
                queue.append(other)
    return len(seen), ran, leaves


_EVENTS: dict[str, Callable[..., None]] = {
    "hook": Noticed._hook,
    "ctx": Noticed._ctx,
    "applied": Noticed._applied,
    "module": Noticed._module,
    "in_place": Noticed._in_place,
    "eval": Noticed._eval,
    "step_failed": Noticed._step_failed,
    "stepped": Noticed._stepped,
    "subtracted": Noticed._subtracted,
}
