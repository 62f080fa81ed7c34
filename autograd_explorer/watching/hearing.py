"""Hears each operation that the watched thread does, and tells the gatherers of it.

They are those that the interpreter tells of a program (recording/clues.py); here PyTorch tells.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, MethodWrapperType
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from autograd_explorer.recording.clues import Gatherers
from autograd_explorer.recording.graph_walks import node_of
from autograd_explorer.recording.node_tags import Note, note_all_new, note_leaf, note_of
from autograd_explorer.recording.operations import NUMBERS
from autograd_explorer.torch_internals import is_wrapped
from autograd_explorer.watching.modules import Modules
from autograd_explorer.watching.places import Places

# Attributes whose value is a tensor made from another; all others are only looked at.
_ATTRIBUTES = frozenset("grad data T mT H mH real imag".split())
# Methods that tell something of a tensor, and make nothing.
_TELLING = frozenset(
    """dim size numel nelement stride element_size storage_offset is_contiguous is_floating_point
    is_complex data_ptr untyped_storage storage get_device is_pinned len repr str format hash dir
    is_tensor is_storage broadcast_shapes result_type can_cast promote_types retain_grad
    register_post_accumulate_grad_hook is_same_size is_set_to backward grad iter reduce_ex
    is_inference is_signed is_conj is_neg is_nonzero_ get_default_dtype""".split()
)
# What these make holds what happened to be in memory.
_EMPTY = frozenset("empty empty_like empty_strided empty_permuted new_empty".split())
_MOST_UNTOLD = 20
# What PyTorch says when asked for the history of a part of a leaf that was overwritten in no_grad.
_NO_HISTORY = "A view was created in no_grad mode"
_REQUIRES_GRAD = Tensor.requires_grad_


class Called(NamedTuple):
    """A function as the gatherers know one of the interpreter's library."""

    name: str
    kind: str
    call: Any


class Hearing(TorchFunctionMode):
    """Is in force in one thread, while it is entered.

    .deaf    above 0 while the engine itself works, or a pass of PyTorch's
    .untold  what went wrong when the gatherers were told
    .at      the place that the gatherers are told, with its expression where they may ask for it
    """

    def __init__(self, places: Places, modules: Modules, clues: Gatherers) -> None:
        super().__init__()
        self.places, self.modules, self._clues = places, modules, clues
        self.deaf = 0
        self.untold: list[str] = []
        self._pid, self._thread = os.getpid(), threading.get_ident()
        self._meaning: dict[Any, Callable[..., None] | None] = {}
        self._names: dict[Any, Called] = {}
        self._stepping: tuple[Any, FrameType, int] | None = None
        self._named: tuple[int, Note | None] = (0, None)
        self.at: Callable[[], Any] = lambda: places.at
        self._by_call: list[bool] = []  # of what has switched recording off: by no `with`

    def is_here(self) -> bool:
        """Whether this is the thread, and no process that has come of it, such as a worker."""
        return threading.get_ident() == self._thread and os.getpid() == self._pid

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        if self.deaf or torch.compiler.is_dynamo_compiling():
            return func(*args, **kwargs) if kwargs else func(*args)
        try:
            meaning = self._meaning[func]
        except KeyError:
            meaning = self._meaning[func] = self._meaning_of(func)
        except TypeError:  # no hash
            meaning = None
        if meaning is None:
            return func(*args, **kwargs) if kwargs else func(*args)
        try:
            made = func(*args, **kwargs) if kwargs else func(*args)
        except RuntimeError:
            if meaning is Hearing._asked and self._arrive(sys._getframe(1)):
                self._not_answered(args, kwargs or {})
            raise
        self.deaf += 1  # as telling() does, which would take longer than what is told
        try:
            if self._arrive(sys._getframe(1)):
                meaning(self, func, args, kwargs or {}, made)
        except Exception as error:
            self._note_untold(error)
        finally:
            self.deaf -= 1
        return made

    @contextmanager
    def telling(self) -> Iterator[None]:
        """The gatherers are told in the block, and what they do themselves is not heard. Whatever
        goes wrong there is no matter of the program's: a tensor may be of a kind that no gatherer
        has expected, and of some views even asking for the grad_fn is an error."""
        self.deaf += 1
        try:
            yield
        except Exception as error:
            self._note_untold(error)
        finally:
            self.deaf -= 1

    def _note_untold(self, error: Exception) -> None:
        if _NO_HISTORY in str(error):  # as of the row that nn.Embedding(padding_idx=0) fills
            return
        if len(self.untold) < _MOST_UNTOLD:
            self.untold.append(f"{type(error).__name__}: {error}")

    def arrive(self) -> bool:
        """The program has come to where it calls us; False where that is not to be told."""
        return self._arrive(sys._getframe(1))

    def _arrive(self, frame: FrameType | None) -> bool:
        own = self.places.move_to(frame)
        if own is None:
            return False
        if self._stepping is not None:
            _, at, instruction = self._stepping
            if own is at and own.f_lasti == instruction:
                return False
            self._stepping = None  # the step has raised an error, which the program has caught
        return True

    # Which function means what

    def _meaning_of(self, func: Any) -> Callable[..., None] | None:
        name = getattr(func, "__name__", "")
        if isinstance(func, MethodWrapperType):
            owner: str = getattr(func.__self__, "__name__", "")
            if name == "__get__":
                if owner not in _ATTRIBUTES:
                    return None
                self._names[func] = Called(owner, "plain", func)
                return Hearing._attribute
            if name == "__set__" and owner == "requires_grad":
                return Hearing._flagged
            return None
        if func is torch.autograd.grad:
            self._names[func] = Called("autograd_grad", "special", func)
            return Hearing._asked
        bare = name.strip("_") if name.startswith("__") else name
        if bare == "set_grad_enabled" or name == "_set_grad_enabled":
            return Hearing._switched
        if bare in _TELLING or (bare == name and name.startswith("_")):
            return None
        self._names[func] = Called(bare, "plain", func)
        special: dict[str, Callable[..., None]] = {
            "getitem": Hearing._taken, "setitem": Hearing._put, "register_hook": Hearing._hook,
            "sub": Hearing._difference, "rsub": Hearing._difference,
            **dict.fromkeys(_EMPTY, Hearing._allocated),
            **dict.fromkeys(NUMBERS, Hearing._number),
        }  # fmt: skip
        meaning: Callable[..., None] = special.get(bare, Hearing._operation)
        return meaning

    # What happens

    def _operation(self, func: Any, args: Any, named: Mapping[str, Any], made: Any) -> None:
        if isinstance(made, Tensor):
            known = bool(args) and made is args[0] and func is not _REQUIRES_GRAD
            self.place(made, known or "out" in named)
        elif isinstance(made, (tuple, list)):
            for part in made:
                if isinstance(part, Tensor):
                    self.place(part)
        self._clues.influence.follow(self._names[func], args, named, made)
        if named and named.get("inplace") is True and isinstance(made, Tensor):
            self._clues.noticed.hear("in_place", self.places.at.lineno, None, made)

    def _allocated(self, func: Any, args: Any, named: Mapping[str, Any], made: Any) -> None:
        if isinstance(made, Tensor):
            self.place(made, "out" in named, empty=True)
        self._clues.influence.follow(self._names[func], args, named, made)

    def _number(self, func: Any, args: Any, named: Mapping[str, Any], made: Any) -> None:
        self._operation(func, args, named, made)
        # What Python computes from a number is not heard of; it may go anywhere from here.
        self._clues.influence.tested(made)

    def _difference(self, func: Any, args: Any, named: Mapping[str, Any], made: Any) -> None:
        self._operation(func, args, named, made)
        if len(args) == 2:
            self._subtracted(*args)

    def _attribute(self, func: Any, args: Any, named: Any, made: Any) -> None:
        name = self._names[func].name
        if isinstance(made, Tensor) and name != "grad":
            self.place(made)
        with self._at_expression():
            self._clues.influence.attribute(args[0], name, made)

    def _asked(self, func: Any, args: Any, named: Any, made: Any) -> None:
        with self._at_expression():
            self._clues.influence.follow(self._names[func], args, named, made)

    def _not_answered(self, args: Any, named: Any) -> None:
        with self.telling(), self._at_expression():
            function = self._names[torch.autograd.grad]
            self._clues.influence.failed(function, args, named)

    @contextmanager
    def _at_expression(self) -> Iterator[None]:
        before, self.at = self.at, self.places.expression
        try:
            yield
        finally:
            self.at = before

    def _flagged(self, func: Any, args: Any, named: Any, made: Any) -> None:
        self._clues.influence.put_on(args[0], "requires_grad", args[1] if len(args) > 1 else True)
        if args[0].requires_grad and node_of(args[0]) is None:
            note_leaf(args[0], self.places.at.lineno)

    def _taken(self, func: Any, args: Any, named: Any, made: Any) -> None:
        if isinstance(made, Tensor):
            self.place(made)
        self._clues.influence.taken(args[0], args[1], made)

    def _put(self, func: Any, args: Any, named: Any, made: Any) -> None:
        owner, index, value = args
        self.place(owner, known=True)
        self._clues.influence.put(owner, index, value)

    def _hook(self, func: Any, args: Any, named: Any, made: Any) -> None:
        self._clues.noticed.hear("hook", self.places.at.lineno, args[0])

    def _subtracted(self, left: Any, right: Any) -> None:
        if isinstance(left, Tensor) and isinstance(right, Tensor):
            self._clues.noticed.hear("subtracted", self.places.at.lineno, left, right)

    def _switched(self, func: Any, args: Any, named: Any, made: Any) -> None:
        """Recording was switched on or off: by `with`, by a decorator, or by a plain call."""
        frame = sys._getframe(3)  # set_grad_enabled.__init__, which no_grad's methods call
        caller = frame.f_code.co_name if frame is not None else ""
        if caller == "__init__" and frame.f_back is not None:
            caller = frame.f_back.f_code.co_name
        influence = self._clues.influence
        if caller == "__enter__":
            self._by_call.append(False)
            influence.switch(self._line_of_switch(frame))
        elif caller == "__exit__":
            if self._by_call:
                self._by_call.pop()
                influence.switch_back()
        elif not args[0]:
            self._by_call.append(True)
            influence.switch(self.places.at.lineno)
        elif self._by_call and self._by_call[-1]:
            self._by_call.pop()
            influence.switch_back()

    def _line_of_switch(self, frame: FrameType | None) -> int:
        """Of a decorator, where it stands: the first line of what it decorates."""
        for _ in range(4):
            if frame is None:
                break
            if frame.f_code.co_name == "decorate_context":
                code = getattr(frame.f_locals.get("func"), "__code__", None)
                line = 0 if code is None else self.places.line_of(code, code.co_firstlineno)
                return line or self.places.at.lineno
            frame = frame.f_back
        return self.places.at.lineno

    # Nodes

    def place(self, tensor: Tensor, known: bool = False, empty: bool = False) -> None:
        """Note the line and the module that made a tensor: on its node, or on the tensor itself.
        known  whether it was there before, and has only been changed
        empty  whether its values are what happened to be in memory
        """
        places = self.places
        line = places.at.lineno
        if tensor.is_cpu:
            self._clues.ledger.made(tensor, line, empty)
        elif not is_wrapped(tensor) and not tensor.is_inference():
            # A look at its values would wait for the device, after each operation.
            self._clues.ledger.look(tensor, line)
        node = node_of(tensor)
        if node is None:
            if not known:
                note_leaf(tensor, line)
            return
        if note_of(node) is not None or is_wrapped(tensor):
            return
        note_all_new(node, line, places.statement, self.modules.now)
        if places.at.name:
            self._name(node, places.at.name)

    def _name(self, node: Any, name: str) -> None:
        """The result of the program's expression is assigned; what PyTorch's own functions made
        before on the way to it had the name too early."""
        statement, earlier = self._named
        note = note_of(node)
        if note is not None:
            if earlier is not None and statement == self.places.statement and earlier.name == name:
                earlier.name = None
            note.name = name
            self._named = self.places.statement, note

    # Steps of optimizers

    def step_begins(self, optimizer: Any, args: tuple[Any, ...], kwargs: Any) -> None:
        if self.deaf or not self.is_here() or not self.arrive():
            return
        own = self.places.own_frame(sys._getframe(1))
        closure = args[1] if len(args) > 1 else kwargs.get("closure")
        if own is not None and not callable(closure):
            self._stepping = optimizer, own, own.f_lasti

    def step_ends(self, optimizer: Any, args: Any, kwargs: Any) -> None:
        if self.deaf or not self.is_here():
            return
        self._stepping = None
        if self.arrive():
            with self.telling():
                called = Called("optimizer_step", "special", len)
                self._clues.influence.follow(called, (optimizer,), {}, 0)
                self._clues.noticed.hear("stepped", self.places.at.lineno, optimizer)

    def step_failed(self) -> None:
        """An error has left the block. Was it a step's?"""
        if self._stepping is not None:
            optimizer, _, _ = self._stepping
            self._stepping = None
            with self.telling():
                self._clues.noticed.hear("step_failed", self.places.at.lineno, optimizer)
