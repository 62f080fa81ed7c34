"""What a program asks of gradients: reads of `.grad` where nothing is to be found, and inputs of
torch.autograd.grad for which there is no answer."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from torch import Tensor, nn

from autograd_explorer.reach import Note
from autograd_explorer.recording.graph_walks import is_leaf, leads_to, line_that_made, node_of
from autograd_explorer.recording.holders import Scopes
from autograd_explorer.recording.influence import DERIVATIVE, Influence
from autograd_explorer.recording.leaves import Draft, search
from autograd_explorer.recording.marks import NO_CUTS, mark_of
from autograd_explorer.recording.node_tags import note_of
from autograd_explorer.torch_internals import is_wrapped, name_of

_MOST_NOTES = 100


class Reads:
    """The reads of one run, and what else is noted when it happens."""

    def __init__(self, influence: Influence, scopes: Scopes) -> None:
        self._influence, self._leaves, self._scopes = influence, influence.leaves, scopes
        self._notes: dict[tuple[Any, ...], Note | None] = {}
        self._texts: dict[int, str] = {}

    def note(self, cause: str, name: str, line: int, serious: bool, **facts: Any) -> None:
        if len(self._notes) < _MOST_NOTES:
            note = Note(cause, name, line, serious, MappingProxyType(facts))
            self._notes.setdefault((cause, name, line), note)

    def notes(self) -> Iterator[Note]:
        """All notes. A program that reads the gradients of leaves as well may know that a tensor
        in the middle has none."""
        reads_leaves = any(draft.read for draft in self._leaves.drafts)
        for note in self._notes.values():
            if note is not None and note.cause == "not_a_leaf" and not reads_leaves:
                note = note._replace(serious=True)
            if note is not None:
                yield note

    # .grad

    def read(self, tensor: Tensor, grad: Any) -> None:
        if is_wrapped(tensor):
            return
        line = self._influence.line
        if is_leaf(tensor) and (tensor.requires_grad or self._leaves.is_frozen(tensor)):
            number = self._leaves.number(tensor)
            if number is not None:
                self._leaves.drafts[number].read = line
        elif grad is None and not tensor.retains_grad and not isinstance(tensor, nn.Parameter):
            name = self._text()
            key = ("read", line, name)
            if key not in self._notes and len(self._notes) < _MOST_NOTES:
                self._notes[key] = self._of_read(tensor, name, line)

    def _of_read(self, tensor: Tensor, name: str, line: int) -> Note | None:
        """Why a tensor that is no leaf, or requires no gradient, has none."""
        made, statement, operation = line_that_made(tensor), 0, ""
        if tensor.requires_grad:
            leaves = self._leaves.behind(tensor)
            node = node_of(tensor)
            noted = None if node is None else note_of(node)
            statement = 0 if noted is None else noted.statement
            operation = "" if node is None else name_of(node)
        else:
            mark = mark_of(tensor)
            if mark is None or not mark.cuts:
                return None
            leaves = NO_CUTS.union(*[self._influence.cuts[cut].leaves for cut in mark.cuts])
            statement = mark.statement
        drafts = [self._leaves.drafts[number] for number in sorted(leaves)]
        facts: dict[str, Any] = {"read": line, "made": made, "operation": operation}
        for draft in drafts:
            if draft.name == name and draft.first and draft.first < statement:
                facts |= {"leaf_line": draft.line, "recorded": tensor.requires_grad}
                return _note("name_rebound", name, made, True, facts)
        if not tensor.requires_grad:
            return None
        paths = search(self._scopes()).paths
        name = paths.get(id(tensor)) or name
        nameless = [draft for draft in drafts if not _is_in(draft, paths)]
        if nameless and len(nameless) == len(drafts):
            facts |= {"leaf_line": nameless[0].line, "parameter": nameless[0].parameter}
            return _note("leaf_without_a_name", name, made, True, facts)
        return _note("not_a_leaf", name, made, False, facts)

    def rebound(self, cuts: Iterable[int]) -> None:
        """A pass could not begin, for these cuts. Where one of them made what is now called as a
        leaf was that had got its gradient, it was meant as an update of the leaf."""
        found = search(self._scopes())
        self._leaves.name(found.paths)
        for cut in cuts:
            for number in self._influence.cuts[cut].leaves:
                draft = self._leaves.drafts[number]
                now = found.tensors.get(draft.name)
                mark = None if now is None or now is draft.tensor() else mark_of(now)
                if draft.first and mark is not None and cut in mark.cuts:
                    facts = {"leaf_line": draft.line, "recorded": False, "made": mark.line}
                    self.note("name_rebound", draft.name, mark.line, True, **facts)

    def _text(self) -> str:
        """What stands before `.grad`."""
        at = self._influence.at()
        known = self._texts.get(id(at))
        if known is None:
            inner = at.value if isinstance(at, ast.Attribute) else None
            known = self._texts[id(at)] = "" if inner is None else ast.unparse(inner)[:60]
        return known

    # autograd.grad

    def asked(self, args: tuple[Any, ...], named: Mapping[str, Any], made: Any) -> None:
        """torch.autograd.grad(outputs, inputs, …) has answered, or has raised an error."""
        outputs = args[0] if args else named.get("outputs")
        inputs = args[1] if len(args) > 1 else named.get("inputs")
        given = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
        answers = (None,) * len(given) if made is None else made
        roots = outputs if isinstance(outputs, (tuple, list)) else (outputs,)
        roots = [root for root in roots if isinstance(root, Tensor) and root.requires_grad]
        for i, (tensor, answer) in enumerate(zip(given, answers, strict=False)):
            if not isinstance(tensor, Tensor) or not tensor.requires_grad or is_wrapped(tensor):
                continue
            own = self._leaves.behind(tensor)
            if answer is None:
                if roots and own:
                    self._unanswered(i, tensor, own, roots, bool(named.get("allow_unused")))
                continue
            if is_leaf(tensor):
                for number in own:
                    self._leaves.drafts[number].returned += 1
            if isinstance(answer, Tensor) and answer.requires_grad:
                self._influence.derived(answer, tensor)

    def _unanswered(
        self, i: int, tensor: Tensor, own: frozenset[int], roots: list[Tensor], allowed: bool
    ) -> None:
        behind = NO_CUTS.union(*[self._leaves.behind(root) for root in roots])
        if (own <= behind) if is_leaf(tensor) else leads_to(roots, tensor):
            return
        line = self._influence.line
        if ("asked", line, i) in self._notes or len(self._notes) >= _MOST_NOTES:
            return
        self._notes["asked", line, i] = None
        cuts = NO_CUTS.union(*[self._influence.behind(root) for root in roots])
        lost = {
            self._influence.cuts[n].cause for n in cuts if own <= self._influence.cuts[n].leaves
        }
        loss = line_that_made(roots[0])
        self._leaves.name(search(self._scopes()).paths)
        leaf = next((self._leaves.drafts[n].name for n in sorted(own)), "")
        name = self._text_of_input(i) or leaf
        if lost - {DERIVATIVE}:
            for number in own:  # the leaf's own row tells where it was cut
                self._leaves.drafts[number].read = line
        elif own <= behind:
            self.note("new_view", name, line, True, made=line_that_made(tensor), leaf=leaf)
        else:
            cause = "constant_derivative" if lost else "unused_input"
            self.note(cause, name, line, not allowed, loss=loss)

    def _text_of_input(self, i: int) -> str:
        at = self._influence.at()
        if not isinstance(at, ast.Call):
            return ""
        given = at.args[1] if len(at.args) > 1 else None
        for keyword in at.keywords:
            given = keyword.value if keyword.arg == "inputs" else given
        if isinstance(given, (ast.Tuple, ast.List)):
            given = given.elts[i] if i < len(given.elts) else None
        return "" if given is None else ast.unparse(given)[:60]


def _note(cause: str, name: str, line: int, serious: bool, facts: dict[str, Any]) -> Note:
    return Note(cause, name, line, serious, MappingProxyType(facts))


def _is_in(draft: Draft, paths: Mapping[int, str]) -> bool:
    tensor = draft.tensor()
    return tensor is not None and id(tensor) in paths
