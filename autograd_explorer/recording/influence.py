"""From which leaves each value was computed, also where the graph no longer tells.

While a value's graph reaches its leaves, nothing is kept: PyTorch keeps it. At a step whose result
has lost the graph that its inputs had, a cut is noted, and from then on it is passed on from value
to value: on tensors as a mark, for numbers and arrays by their identity. Python makes a new object
for each float that it computes, so a float's identity is as good as a name. Whole numbers below 257
are shared; they are followed by the names they have, and by their value within one statement.
"""

import ast
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.distributions import Distribution

from autograd_explorer.recording.graph_walks import is_leaf, node_of
from autograd_explorer.recording.leaves import Leaves
from autograd_explorer.recording.marks import (
    NO_CUTS,
    Cut,
    Cuts,
    mark_of,
    marked,
)  # fmt: skip
from autograd_explorer.recording.node_tags import line_of_leaf
from autograd_explorer.recording.operations import (
    FILLED,
    FOLLOWED_OF_OURS,
    NUMBERS,
    OF_NUMBERS,
    called,
    cause_of,
    cause_of_number,
    is_of_shape,
)
from autograd_explorer.recording.parts import (
    MOST_PARTS,
    NUMBER_TYPES,
    PLAIN,
    SINGLE,
    flat,
    have_no_history,
    tensors_of,
)
from autograd_explorer.torch_internals import is_wrapped, parameters_of

# Kept among the cuts, though it is none: see derived().
DERIVATIVE = "derivative"
_MOST_CUTS, _MOST_BEHIND, _MOST_NUMBERS = 200, 32, 10_000
_SHARED_INTS = range(-5, 257)
_ATTRIBUTES = frozenset("data T mT H mH real imag".split())
_FOLLOWED = (tuple, list, range, np.ndarray, *NUMBER_TYPES)


class Influence:
    """What one run's values depend on.

    .follows    that it is interested, as Unwatched is not
    .at         the piece of syntax that is being executed
    .statement  its statement's number
    .cuts       all cuts so far
    .tainted    whether there is one at all
    .steering   those behind a value that has decided which way the program went
    """

    follows = True

    def __init__(self, statement: Callable[[], int]) -> None:
        self.at: Callable[[], ast.AST | None] = lambda: None
        self.statement = statement
        self.leaves = Leaves()
        self.cuts: list[Cut] = []
        self.tainted = False
        self.steering = NO_CUTS
        self.complete = True
        self._known: dict[tuple[Any, ...], int] = {}
        self._numbers: OrderedDict[int, tuple[Any, Cuts]] = OrderedDict()
        self._arrays: dict[int, tuple[Any, Cuts]] = {}
        self._small: list[dict[int, Cuts]] = [{}]
        self.names: dict[tuple[int, str], tuple[int, Cuts]] = {}
        self._switches: list[tuple[int, bool]] = []
        self._switched_on = 0

    @property
    def line(self) -> int:
        return getattr(self.at(), "lineno", 1)

    # Following values

    def follow(
        self, function: Any, args: tuple[Any, ...], named: Mapping[str, Any], made: Any
    ) -> None:
        """A function of the library was called, and has returned."""
        if made is None:
            return
        if isinstance(made, Tensor):
            if not self.tainted:  # most calls end here
                if not made.requires_grad:
                    if not named and function.kind != "special" and have_no_history(args):
                        if not is_of_shape(name := called(function)):  # as in _follow()
                            line = self.line
                            self._used(args[1:] if name in FILLED else args, line)
                            self._made(made, line)
                        return
                elif node_of(made) is not None:
                    self._used(args, self.line)
                    return
        elif isinstance(made, nn.Module):
            if called(function) == "requires_grad_":
                for _, parameter in parameters_of(made):
                    self.flagged(parameter)
            return
        elif not isinstance(made, _FOLLOWED):
            if function.kind == "context" and not torch.is_grad_enabled():
                self._switched_on = self.line  # set_grad_enabled, which need not stand in a `with`
            return
        name = called(function)
        if name == "function_apply":  # what its forward did is its backward's to answer for
            cuts = self._behind(args[1:]) if self.tainted else NO_CUTS
            for tensor in (made,) if isinstance(made, Tensor) else made:
                if isinstance(tensor, Tensor):
                    marked(tensor).cuts = cuts
        if name == "range":
            self.tested(args)
        if function.kind == "special" and name not in FOLLOWED_OF_OURS:
            if not function.call.__module__.endswith("numpy_names"):
                return
        if name == "requires_grad_":
            self.flagged(made)
        if args and isinstance(args[0], Distribution):
            args = (*tensors_of(args[0]), *args[1:])
        self._follow(name, args, named, made)

    def _used(self, values: Iterable[Any], line: int) -> None:
        """Tensors without a history were used on a line."""
        for value in values:
            if value.__class__ in PLAIN and not value.requires_grad:
                marked(value).used = line

    def _made(self, tensor: Tensor, line: int) -> None:
        """A tensor without a history was made on a line."""
        mark = marked(tensor)
        if not mark.line:
            mark.line, mark.statement = line, self.statement()

    def flagged(self, tensor: Any) -> None:
        """A tensor was told whether it requires a gradient. If it was used before, that was too
        late; if it had required one before, it is frozen until it is told the opposite."""
        if not tensor.requires_grad:
            if line_of_leaf(tensor) is not None:
                self.leaves.freeze(tensor, self.line)
            return
        mark = mark_of(tensor)
        if mark is None or not (mark.used or self.leaves.is_frozen(tensor)):
            return
        number = self.leaves.number(tensor)
        if number is not None:
            draft = self.leaves.drafts[number]
            draft.thawed = self.leaves.passes
            if mark.used and not draft.flagged:
                draft.flagged, draft.used = self.line, mark.used

    def follow_module(
        self, module: nn.Module, args: tuple[Any, ...], named: Any, made: Any
    ) -> None:
        """One of PyTorch's own modules was called."""
        first = made[0] if isinstance(made, tuple) and made else made
        if not isinstance(first, Tensor):
            return
        if not first.requires_grad:
            own = tuple(parameter for _, parameter in parameters_of(module))
            if not any(parameter.requires_grad for parameter in own):
                for parameter in own[:MOST_PARTS]:
                    marked(parameter).used = self.line
            args = (*args, *own)
        self._follow(type(module).__name__, args, named, made)

    def carried(self, made: Any, *inputs: Any) -> Any:
        """What Python computed from numbers depends on what they do."""
        if self.tainted and not isinstance(made, Tensor):
            self._add(made, self._behind(inputs))
        return made

    def tested(self, value: Any) -> Any:
        """A value decides which way the program goes. That leaves no trace in any other value."""
        if self.tainted:
            self.steering |= self.behind(value)
        return value

    def taken(self, owner: Any, index: Any, made: Any) -> Any:
        """owner[index]"""
        if isinstance(owner, (Tensor, np.ndarray)):
            if isinstance(made, Tensor):
                if self.tainted or not made.requires_grad:
                    self._follow("getitem", (owner, index), {}, made)
            elif self.tainted:
                self._add(made, self._behind((owner, index)))
        else:
            self.tested(index)
        return made

    def attribute(self, owner: Any, name: str, made: Any) -> None:
        """owner.name of a tensor or an array"""
        if name not in _ATTRIBUTES:
            return
        if isinstance(made, Tensor) and (self.tainted or not made.requires_grad):
            self._follow(name, (owner,), {}, made)
        elif self.tainted and isinstance(made, np.ndarray):
            self._add(made, self._behind((owner,)))

    def put(self, owner: Any, index: Any, value: Any) -> None:
        """owner[index] = value"""
        if isinstance(owner, Tensor):
            if not owner.requires_grad:
                self._follow("setitem", (owner, index, value), {}, owner)
            elif self.tainted and node_of(owner) is not None:
                self._add(owner, self._behind((index, value)))
        elif self.tainted and isinstance(owner, np.ndarray):
            self._add(owner, self._behind((value,)))

    def items(self, values: Any, walked: Iterator[Any]) -> Any:
        """What a loop over a tensor or an array goes through."""
        if not self.tainted or not isinstance(values, (Tensor, np.ndarray)):
            return walked
        cuts = self.behind(values)
        return map(partial(self._with, cuts), walked) if cuts else walked

    def _with(self, cuts: Cuts, item: Any) -> Any:
        self._add(item, cuts)
        return item

    def _follow(
        self, name: str, args: tuple[Any, ...], named: Mapping[str, Any], made: Any
    ) -> None:
        if is_of_shape(name):
            return
        given = args[1:] if name in FILLED else args
        inputs = [*given, *named.values()]
        if not SINGLE.issuperset(map(type, inputs)):
            inputs = list(flat(inputs))
        attached = [v for v in inputs if isinstance(v, Tensor) and v.requires_grad]
        if attached and any(map(is_wrapped, attached)):
            return
        line = 0
        for value in inputs:
            if value.__class__ in PLAIN and not value.requires_grad:
                line = line or self.line
                marked(value).used = line
        cuts = self._behind(inputs) if self.tainted else NO_CUTS
        if isinstance(made, (tuple, list)) and name != "tolist":
            for part in made:
                if isinstance(part, Tensor):
                    self._result(name, inputs, attached, cuts, part)
        else:
            self._result(name, inputs, attached, cuts, made)

    def _result(
        self, name: str, inputs: list[Any], attached: list[Tensor], cuts: Cuts, made: Any
    ) -> None:
        if isinstance(made, Tensor):
            if made.requires_grad:
                leaf = is_leaf(made)
                lost = leaf and attached and not any(made is v for v in attached)
                if leaf and not lost and any(made is value for value in inputs):
                    return  # a leaf that was changed in place remains what it is
            else:
                lost = bool(attached)
                self._made(made, self.line)
            if lost:
                cuts |= self._cut(cause_of(name, made), name, attached)
        elif name in NUMBERS or attached:
            if attached:
                cuts |= self._cut(cause_of_number(name), name, attached)
            elif name in OF_NUMBERS:
                self._rename(OF_NUMBERS[name], name, cuts)
        self._add(made, cuts)

    # Cuts

    def _cut(self, cause: str, operation: str, lost: list[Tensor]) -> Cuts:
        at = line = self.line
        if cause in ("cut_no_grad", "cut_inference"):
            line = self._switched_off()
            if not line:  # PyTorch itself has switched it off: inside an autograd.Function
                return NO_CUTS
        leaves = NO_CUTS.union(*[self.leaves.behind(tensor) for tensor in lost])
        if not leaves:
            return NO_CUTS
        key = (cause, line, at, operation, leaves)
        number = self._known.get(key)
        if number is None:
            if len(self.cuts) >= _MOST_CUTS:
                self.complete = False
                return NO_CUTS
            number = self._known[key] = len(self.cuts)
            self.cuts.append(Cut(cause, line, at, operation, leaves, self.statement()))
        self.cuts[number].statement = self.statement()
        self.tainted = True
        return frozenset((number,))

    def derived(self, gradient: Tensor, tensor: Tensor) -> None:
        """A gradient that has a graph itself depends on what it was taken with respect to."""
        self._add(gradient, self._cut(DERIVATIVE, "grad", [tensor]))

    def _rename(self, cause: str, operation: str, cuts: Cuts) -> None:
        """`.detach().numpy()` is one step, by its last name."""
        line, statement = self.line, self.statement()
        for number in cuts:
            cut = self.cuts[number]
            if cut.cause in ("cut_detach", "cut_data") and cut.at == line:
                if cut.statement == statement:
                    cut.cause, cut.operation = cause, operation

    def switch(self, line: int) -> None:
        """A `with` or a decorator has switched recording on or off."""
        self._switches.append(
            (line, not torch.is_grad_enabled() or torch.is_inference_mode_enabled())
        )

    def switch_back(self) -> None:
        self._switches.pop()

    def _switched_off(self) -> int:
        for line, off in reversed(self._switches):
            if off:
                return line
        return self._switched_on

    # What is behind a value

    def behind(self, value: Any) -> Cuts:
        return self._behind(flat((value,)))

    def _behind(self, values: Iterable[Any]) -> Cuts:
        found = NO_CUTS
        for value in flat(values):
            if isinstance(value, Tensor):
                mark = mark_of(value)
                if mark is not None and mark.cuts:
                    found |= mark.cuts
            elif isinstance(value, np.ndarray):
                known = self._arrays.get(id(value))
                if known is not None and known[0]() is value:
                    found |= known[1]
            elif value.__class__ in (int, bool) and int(value) in _SHARED_INTS:
                found |= self._small[-1].get(int(value), NO_CUTS)
            else:
                known = self._numbers.get(id(value))
                if known is not None:
                    found |= known[1]
        if len(found) > _MOST_BEHIND:
            self.complete = False
            found = frozenset(sorted(found)[-_MOST_BEHIND:])
        return found

    def _add(self, value: Any, cuts: Cuts) -> None:
        if not cuts:
            return
        if isinstance(value, Tensor):
            mark = marked(value)
            mark.cuts |= cuts
        elif isinstance(value, np.ndarray):
            key = id(value)
            known = self._arrays.get(key)
            cuts |= known[1] if known is not None and known[0]() is value else NO_CUTS
            self._arrays[key] = weakref.ref(value, lambda _: self._arrays.pop(key, None)), cuts
        elif value.__class__ in (int, bool) and int(value) in _SHARED_INTS:
            small = self._small[-1]
            small[int(value)] = small.get(int(value), NO_CUTS) | cuts
        elif isinstance(value, NUMBER_TYPES) and not isinstance(value, np.bool_):
            self._numbers[id(value)] = value, cuts
            if len(self._numbers) > _MOST_NUMBERS:
                self._numbers.popitem(last=False)
                self.complete = False
        elif isinstance(value, (list, tuple)):
            for part in flat(value):
                self._add(part, cuts)

    # Whole numbers, by name

    def begin(self) -> None:
        if len(self._small) == 1:
            self._small[0].clear()
        self._small.append({})

    def end(self, scope: Mapping[str, Any], assigned: Mapping[str, Any], returns: bool) -> None:
        """A statement is over; if it returns, its numbers go on in the one that called."""
        small = self._small.pop()
        if not small and not self.names:
            return  # nearly always
        for name, value in assigned.items():
            cuts = small.get(value, NO_CUTS) if value.__class__ in (int, bool) else NO_CUTS
            if cuts:
                self.names[id(scope), name] = value, cuts
            else:
                self.names.pop((id(scope), name), None)
        if returns:
            self._small[-1].update(small)

    def entered(self, bound: Mapping[str, Any]) -> None:
        """A function of the program was called with these arguments."""
        if self._small[-1]:
            for name, value in bound.items():
                if value.__class__ in (int, bool) and value in self._small[-1]:
                    self.names[id(bound), name] = value, self._small[-1][value]

    def loaded(self, scope: Mapping[str, Any], name: str, value: Any) -> None:
        """A name that holds a whole number was read."""
        known = self.names.get((id(scope), name))
        if known is not None and known[0] == value:
            self._add(value, known[1])
