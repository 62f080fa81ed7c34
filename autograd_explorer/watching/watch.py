"""watch(): a block of real Python, in which each backward pass is traced."""

import contextlib
import inspect
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from autograd_explorer.recording.clues import gatherers
from autograd_explorer.recording.marks import mark_of
from autograd_explorer.recording.names import names_of_kept, names_of_tensors
from autograd_explorer.recording.summaries import WHOLE, Copier
from autograd_explorer.records import Failure, Run, View
from autograd_explorer.torch_internals import ENGINE_DOOR, TELLS_HOOKS
from autograd_explorer.watching.hearing import Called, Hearing
from autograd_explorer.watching.left import pickled, remove_marks
from autograd_explorer.watching.lines import Lines
from autograd_explorer.watching.modules import Modules
from autograd_explorer.watching.passes import Keep, Passes
from autograd_explorer.watching.patches import Patches
from autograd_explorer.watching.places import Places, forget_sources, own_lines, source_of
from autograd_explorer.watching.seen import Seen
from autograd_explorer.watching.warned import Warned

_WATCHING = threading.Lock()


@contextlib.contextmanager
def watch(keep: Keep = "last", *, whole: int = WHOLE) -> Iterator[Seen]:
    """Watch what autograd does in a block of a program.

        with ax.watch() as seen:
            loss = criterion(model(x), y)
            loss.backward()
        seen.graph, seen.findings

    The program's numbers, random state, hooks and errors stay as they are without it.

    keep   which pass seen.graph is: "first", "last", the n-th counted from 0, or "nonfinite", the
           first in which a leaf's gradient is not finite, else the last
    whole  up to so many elements, tensors are kept whole; of larger ones a summary and a sample
    Raises:  RuntimeError, inside another block that is watched
    """
    with watched(Watching(keep, whole)) as seen:
        yield seen


@contextlib.contextmanager
def watched(watching: "Watching") -> Iterator[Seen]:
    """watch(), with what is in force for the block made beforehand."""
    if not _WATCHING.acquire(blocking=False):
        raise RuntimeError("another block is being watched")
    try:
        seen = Seen()
        failure: BaseException | None = None
        watching.begin()
        try:
            with watching.hearing:
                yield seen
        except BaseException as error:
            failure = error
            raise
        finally:
            watching.end(seen, failure)
    finally:
        _WATCHING.release()


class Watching:
    """All that is in force while a block is watched.

    lines  what each line of one file did, if that is to be known; it is file number 0

    .values  at the end, the variables of the module that has run, where lines are to be known
    """

    def __init__(self, keep: Keep, whole: int, lines: Lines | None = None) -> None:
        forget_sources()
        self.places = Places()
        self._lines = lines
        self.values: Mapping[str, View] = MappingProxyType({})
        if lines is not None:
            self.places.files.append(lines.file)
        self._globals: dict[str, Any] = {}
        self._clues = gatherers(
            self, self._names, self.places.running, lambda: self.places.statement
        )
        self._patches = Patches()
        self._modules = Modules(
            self._all_scopes, self.places, self._patches, self._module_called, self._changed_by
        )
        self.hearing = Hearing(self.places, self._modules, self._clues)
        self._clues.influence.at = lambda: self.hearing.at()
        self.passes = Passes(keep, Copier(whole), self.hearing, self._clues, self._names)
        self._warned = Warned(self.places)
        self._handles: list[Any] = []
        self._made_modules: dict[int, int] = {}

    # What can be reached

    @property
    def variables(self) -> dict[str, Any]:
        """The global variables of the module that is running; at the end, of the last one."""
        if not self._patches.over:
            for frame in self.places.frames():
                if frame.f_locals is frame.f_globals:
                    self._globals = frame.f_globals
        return self._globals

    @property
    def locals(self) -> list[dict[str, Any]]:
        """The variables of the functions that are running, the innermost last."""
        frames = self.places.frames()
        return [f.f_locals for f in frames if f.f_code.co_flags & inspect.CO_OPTIMIZED]

    def _all_scopes(self) -> list[dict[str, Any]]:
        return [self.variables, *self.locals]

    def _names(self) -> dict[str, Tensor]:
        scopes = self._all_scopes()
        names = names_of_tensors(scopes)
        known = {id(tensor) for tensor in names.values()}
        # names_of_tensors() went through these; of two with one name, through the last one whole.
        last = {name: value for scope in scopes for name, value in scope.items() if name != "self"}
        walked = set(map(id, last.values()))
        for path, parameter in self._modules.parameters(walked).items():
            if id(parameter) not in known:
                names[path] = parameter
        return names

    def _tidy(self) -> None:
        """Let go of what f_locals keeps: until Python 3.13 it is a copy that stays with its frame,
        and would keep tensors that the program has dropped."""
        for frame in self.places.frames() if sys.version_info < (3, 13) else ():
            if frame.f_code.co_flags & inspect.CO_OPTIMIZED:
                frame.f_locals.clear()

    # Begin and end

    def begin(self) -> None:
        hear = self.hearing
        frame = self.places.own_frame(sys._getframe(1))
        if frame is not None:
            self._globals = frame.f_globals
        self._handles = [
            register_optimizer_step_pre_hook(hear.step_begins),
            register_optimizer_step_post_hook(hear.step_ends),
        ]
        self.passes.begin()
        wrap = self._patches.wrap
        wrap(torch.autograd, ENGINE_DOOR, self._pass)
        wrap(torch.optim.Optimizer, "__init__", self._optimizer_made)
        self._patches.replace(nn.Module, "__call__", self._modules.caller)
        wrap(nn.Module, "__init__", self._module_made)
        wrap(nn.Module, "eval", self._evaluated)
        wrap(nn.Module, "register_full_backward_hook", self._hooked)
        wrap(nn.Parameter, "__new__", self._parameter_made)
        for kind in (Tensor, nn.Parameter):
            wrap(kind, "__reduce_ex__", pickled)
        wrap(torch.inference_mode, "__enter__", self._inference_begins)
        wrap(torch.inference_mode, "__exit__", self._inference_ends)
        if not TELLS_HOOKS:
            wrap(torch.autograd.graph.saved_tensors_hooks, "__enter__", self._saving_hooked)
        self._warned.begin()
        if self._lines is not None:
            self._lines.begin(
                lambda: self.places.statement, lambda: self.passes.ended, hear.telling
            )

    def end(self, seen: Seen, error: BaseException | None) -> None:
        self.hearing.deaf += 1
        if self._lines is not None:
            self._lines.end()
        self._patches.restore()
        self._warned.end()
        for handle in self._handles:
            handle.remove()
        try:
            failure = self._failure(error)
            self._clues.passes.at_end()
            self._clues.noticed.at_end(lambda: names_of_kept(self._all_scopes()))
            self._fill(seen, failure)
            if self._lines is not None:
                self.values = self._lines.variables(self.variables)
        finally:
            remove_marks(self._all_scopes())
            self._globals = {}

    def _failure(self, error: BaseException | None) -> Failure | None:
        if not isinstance(error, Exception):
            return None
        line = 0
        for code, at in own_lines(error.__traceback__):
            line = self.places.line_of(code, at)
        self.hearing.step_failed()
        return Failure(line, 1, type(error).__name__, str(error), "torch")

    def _fill(self, seen: Seen, failure: Failure | None) -> None:
        passes, files = self.passes, self.places.files
        run = Run(
            source=source_of(files[0]) if files else "",
            statements=tuple(passes.losses),
            variables=MappingProxyType({}),
            printed="",
            backwards=(),
            graph=None,
            error=failure,
            warnings=tuple(self._warned.heard),
            ledger=self._clues.ledger.entries(),
            reach=self._clues.influence.finish(),
        )
        unseen = [*passes.unseen, *(["untold"] if self.hearing.untold else [])]
        kept, calls = passes.kept, passes.calls
        seen.fill(run, kept, calls, passes.chosen(), passes.count, unseen, self.places)

    def _pass(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return self.passes.run(original, *args, **kwargs)
        finally:
            if self.hearing.is_here():
                self._tidy()

    # What is made, called and switched

    def _told(self, tell: Callable[[], None]) -> None:
        hear = self.hearing
        if not hear.deaf and hear.is_here() and hear.arrive():
            with hear.telling():
                tell()

    def _optimizer_made(
        self, original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any
    ) -> None:
        original(optimizer, *args, **kwargs)
        called = Called("optimizer", "special", torch.optim.Optimizer.step)
        self._told(lambda: self._clues.influence.follow(called, (), {}, optimizer))

    def _parameter_made(self, original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        made = original(*args, **kwargs)

        def tell() -> None:
            self.hearing.place(made, empty=_is_empty(args[1] if len(args) > 1 else None))
            called = Called("Parameter", "plain", nn.Parameter)
            self._clues.influence.follow(called, args[1:], kwargs, made)

        self._told(tell)
        return made

    def _module_made(
        self, original: Callable[..., Any], module: nn.Module, *args: Any, **kwargs: Any
    ) -> None:
        original(module, *args, **kwargs)

        def tell() -> None:
            self._made_modules[id(module)] = line = self.places.at.lineno
            self._clues.noticed.hear("module", line, module)

        self._told(tell)

    def _evaluated(self, original: Callable[..., Any], module: nn.Module) -> Any:
        self._told(lambda: self._clues.noticed.hear("eval", self.places.at.lineno, module))
        return original(module)

    def _hooked(
        self, original: Callable[..., Any], module: nn.Module, hook: Any, *args: Any, **kwargs: Any
    ) -> Any:
        handle = original(module, hook, *args, **kwargs)
        self._modules.any_hooked = True
        self._told(lambda: self._clues.influence.hooked(module, True))
        return handle

    def _saving_hooked(self, original: Callable[..., Any], hooks: Any) -> Any:
        """To read a saved tensor may from now on call what the program has hooked, which may
        compute anything: so none is read."""
        self.passes.read_saved = False
        return original(hooks)

    def _module_called(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        self._told(lambda: self._clues.influence.calls_with_hooks(module, args))

    def _changed_by(self, module: nn.Module, result: Any) -> None:
        def tell() -> None:
            line = self.places.at.lineno
            self._clues.noticed.hear("module", self._made_modules.get(id(module), 0), module)
            self._clues.noticed.hear("in_place", line, module, result)

        self._told(tell)

    def _inference_begins(self, original: Callable[..., Any], mode: Any) -> Any:
        made = original(mode)
        self._told(lambda: self._clues.influence.switch(self.places.at.lineno))
        return made

    def _inference_ends(self, original: Callable[..., Any], mode: Any, *error: Any) -> Any:
        made = original(mode, *error)
        self._told(self._clues.influence.switch_back)
        return made


def _is_empty(tensor: Any) -> bool:
    """Whether nothing has been put into a tensor since its memory was taken."""
    mark = mark_of(tensor) if isinstance(tensor, Tensor) else None
    return mark is not None and mark.empty >= 0
