"""Counts what one run uses, and stops it at its limits."""

import ast
import gc
import math
import re
import sys
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autograd_explorer.errors import LimitReached, ProgramError, Refused, StopRun
from autograd_explorer.language.belongings import Storage
from autograd_explorer.language.budget.arrays import Arrays
from autograd_explorer.language.budget.limits import MOST_WHOLE, Limits
from autograd_explorer.language.budget.storages import OVERHEAD, Storages
from autograd_explorer.language.functions import Bound, UserMethod
from autograd_explorer.language.values import CONTAINERS, VIEWS, parts_of
from autograd_explorer.torch_internals import (
    bytes_of,
    has_parts,
    is_lazy,
    parts_of_module,
)

_SUMS = (str, bytes, list, tuple)
_LISTS = (list, tuple, dict, set, frozenset, deque)
_WALKED = (*CONTAINERS, *VIEWS, slice, BaseException)
_LIGHT = frozenset({bool, int, float, type(None)})
# A tensor, a module or another object with a text of its own is so many items in a printed list.
_TEXT_OF_ITS_OWN = 100
_WIDTHS = re.compile(r"[-+ #0]*[\d*]*\.?[\d*]*[hlL]?")
# Up to so many bytes, tensors are only added up. Beyond, those that are still alive are counted.
_UNTRACKED = 16 * 2**20
_RECOUNT_EVERY = 8 * 2**20


def _depth_allowed() -> int:
    """How many calls of the program's may stand inside one another, for Python to allow it: 18
    frames for each, and 100 that are open before."""
    return (sys.getrecursionlimit() - 100) // 18


class Budget:
    """What a run has used so far. A method raises LimitReached, with the name of the limit, if one
    is exceeded."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.deadline = monotonic() + limits.seconds
        self.call_depth = min(limits.call_depth, _depth_allowed())
        self.stopped: ProgramError | StopRun | None = None
        self.statements = 0
        self.turns = 0
        self.printed_chars = 0
        self.kept_bytes = 0
        self._kept_limit = limits.kept_bytes
        self.most_whole = min(MOST_WHOLE, limits.elements)
        self.has_large = False
        self._plain_bytes = 0
        self._arrays = Arrays()
        self._untracked_bytes = 0
        self._since_recount = 0
        self._storages = Storages()

    def stop(self, limit: str, reached: str = "") -> LimitReached:
        """The exception to raise. If something catches it, the next check raises it again."""
        stopped = LimitReached(limit, reached or f"{getattr(self.limits, limit):,}")
        self.stopped = stopped
        return stopped

    def check_time(self) -> None:
        if self.stopped is not None:
            raise self.stopped
        if monotonic() > self.deadline:
            raise self.stop("seconds", f"{self.limits.seconds:g}")

    def excuse(self, seconds: float) -> None:
        """Add to the time limit the seconds that the program waited for the server."""
        self.deadline += seconds

    def count_statement(self) -> None:
        if self.stopped is not None or monotonic() > self.deadline:
            self.check_time()
        self.statements += 1
        if self.statements > self.limits.statements:
            raise self.stop("statements")

    def count_turn(self) -> None:
        if self.stopped is not None or monotonic() > self.deadline:
            self.check_time()
        self.turns += 1
        if self.turns > self.limits.turns:
            raise self.stop("turns")

    def check_depth(self, depth: int) -> None:
        if depth > self.call_depth:
            raise self.stop("call_depth", f"{self.call_depth}")

    def check_elements(self, count: int) -> None:
        self.has_large = self.has_large or count > self.most_whole
        if count > self.limits.elements:
            raise self.stop("elements", f"{count:,}")

    def check_work(self, count: int) -> None:
        if count > self.limits.work:
            raise self.stop("work", f"{count:,}")

    def check_graph(self, depth: int) -> None:
        if depth > self.limits.graph_depth:
            raise self.stop("graph_depth")

    def check_nodes(self, count: int) -> None:
        if count > self.limits.graph_nodes:
            raise self.stop("graph_nodes", f"{count:,}")

    def check_edges(self, count: int) -> None:
        if count > self.limits.graph_edges:
            raise self.stop("graph_edges", f"{count:,}")

    def check_printed(self, more: int) -> None:
        """Stop the run if it may not print so many more characters."""
        if self.printed_chars + more > self.limits.printed_chars:
            raise self.stop("printed_chars", f"{self.printed_chars + more:,}")

    def count_printed(self, text: str) -> None:
        self.check_printed(len(text))
        self.printed_chars += len(text)

    # Memory

    def count_result(self, tensor: Tensor) -> None:
        """Count what an operation has made."""
        # An expanded view takes no memory, but a copy of it would take all of its elements.
        count = tensor.numel()
        if count > self.most_whole:
            self.check_elements(count)
        if (
            self._untracked_bytes < _UNTRACKED
            and tensor.__class__ is Tensor
            and tensor.layout is torch.strided
        ):
            self._untracked_bytes += tensor.nbytes + OVERHEAD
        else:
            self.count_made(tensor)

    def count_made(self, tensor: Tensor) -> None:
        """Count a new tensor. The memory of tensors that have been freed is subtracted later."""
        plain = tensor.__class__ is Tensor and tensor.layout is torch.strided  # nearly always
        size = (tensor.nbytes if plain else bytes_of(tensor)) + OVERHEAD
        if self._untracked_bytes < _UNTRACKED:
            self._untracked_bytes += size
            return
        self._since_recount += self._storages.added(tensor, size)
        if self._since_recount > _RECOUNT_EVERY:
            self.recount()

    @property
    def most_kept(self) -> int:
        return self.limits.kept_bytes

    @property
    def took_much(self) -> bool:
        taken = max(self._untracked_bytes, self.kept_bytes, self._plain_bytes)
        return taken >= _UNTRACKED

    def recount(self) -> None:
        """Forget tensors that have been freed, and check the memory of the others."""
        self._since_recount = 0
        self._storages.forget_freed()
        if self._bytes_alive > self.limits.total_bytes:
            gc.collect()  # in a run it seldom begins by itself, and a cycle may hold tensors
            self._storages.forget_freed()
        self.check_bytes()

    @property
    def _bytes_alive(self) -> int:
        return self._untracked_bytes + self._storages.bytes()

    def check_bytes(self, more: int = 0) -> None:
        """Stop the run if it may not take so many more bytes."""
        alive = self._bytes_alive + more
        if alive > self.limits.total_bytes:
            raise self.stop("total_bytes", f"{alive:,}")

    def keep(self, count: int) -> None:
        """Count bytes that the Run is about to keep, and check the time limit."""
        self.kept_bytes += count
        if self.kept_bytes > self._kept_limit or monotonic() > self.deadline:
            self.check_time()
            self.count_kept(0)

    def count_kept(self, count: int) -> None:
        self.kept_bytes += count
        if self.kept_bytes > self._kept_limit:
            raise self.stop("kept_bytes", f"{self.kept_bytes:,}")

    # Plain values

    def capped(self, value: Any) -> Any:
        """The value itself; stops the run if it is larger than a single value may be."""
        if isinstance(value, Tensor):
            return value
        if isinstance(value, int):
            if value.bit_length() > self.limits.integer_bits:
                raise self.stop("integer_bits", f"{value.bit_length():,}")
        elif isinstance(value, str | bytes):
            if len(value) > self.limits.text_chars:
                raise self.stop("text_chars", f"{len(value):,}")
        elif isinstance(value, _LISTS) and len(value) > self.limits.items:
            raise self.stop("items", f"{len(value):,}")
        return value

    def count_plain(self, value: Any) -> Any:
        """Count a new string or list, and return it. It stays counted when it is freed, because
        Python does not tell when a string or list is freed."""
        if isinstance(value, Tensor) or value is None:
            return value
        self.capped(value)
        if isinstance(value, _LISTS):
            self._plain_bytes += 60 + 8 * len(value)
        elif isinstance(value, str | bytes):
            self._plain_bytes += 50 + len(value)
        self.count_bytes(0)
        return value

    def count_bytes(self, count: int) -> None:
        """Count what Python needs for an object that is no list or string. It stays counted."""
        self._plain_bytes += count
        if self._plain_bytes > self.limits.total_bytes:
            self._plain_bytes -= self._arrays.freed()
            if self._plain_bytes > self.limits.total_bytes:
                raise self.stop("total_bytes", f"{self._plain_bytes:,}")

    def weigh(self, value: Any, *, shown: bool = False) -> None:
        """Stop the run if a value is too large to be compared, hashed, printed or passed on.

        Counting is needed, because sixty small lists may be huge together: if each holds the list
        before it twice, they print as 2**60 items.

        shown  whether the value will be turned into text: then the numbers of tensors count too,
               and so does every object that makes its own text
        """
        if type(value) in _LIGHT or not (shown or isinstance(value, _WALKED)):
            return
        items, chars = 0, 0
        queue: list[Any] = [value]
        while queue:
            part = queue.pop()
            if type(part) in _LIGHT:
                continue
            if isinstance(part, str | bytes):
                chars += len(part)
            elif isinstance(part, _WALKED):
                inner = _walked_within(part)
                items += len(inner)
                queue += inner
            elif shown:
                items += _TEXT_OF_ITS_OWN * self._texts_in(part)
                queue += _shown_within(part)
            if items > self.limits.items:
                raise self.stop("items", f"{items:,}")
            if chars > self.limits.text_chars * 10:
                raise self.stop("text_chars", f"{chars:,}")

    def _texts_in(self, value: Any) -> int:
        """How many texts of other objects the text of a value contains."""
        if isinstance(value, Tensor) and is_lazy(value):
            return 1
        if isinstance(value, (Tensor, np.ndarray)):
            return 1 + cells_shown(value) // _TEXT_OF_ITS_OWN
        if isinstance(value, Storage):
            return 1 + len(value) // _TEXT_OF_ITS_OWN
        return self.check_paths(value) if isinstance(value, nn.Module) else 1

    def check_paths(self, module: nn.Module) -> int:
        """Count the paths to the modules inside a module, and stop the run if there are too many:
        PyTorch follows every path. Forty modules, each holding the one before twice, have 2**40."""
        if not has_parts(module):
            return 1
        paths: dict[int, int] = {}
        stack: list[tuple[nn.Module, bool]] = [(module, False)]
        open_now: set[int] = set()
        while stack:
            part, done = stack.pop()
            inner = parts_of_module(part)
            if done:
                open_now.discard(id(part))
                paths[id(part)] = count = 1 + sum(paths[id(child)] for child in inner)
                if count > self.limits.items:
                    raise self.stop("items", f"{count:,}")
            elif id(part) in open_now:  # a module inside itself
                raise self.stop("items", "∞")
            elif id(part) not in paths:
                open_now.add(id(part))
                stack.append((part, True))
                stack += [(child, False) for child in inner if id(child) not in paths]
        return paths[id(module)]

    def count_array(self, array: Any) -> None:
        """Count a new NumPy array. If it is small, it stays counted when it is freed, like a
        list."""
        if array.base is not None:
            return
        self.count_bytes(self._arrays.added(array))

    def foresee_plain(self, op: ast.operator, left: Any, right: Any) -> None:
        """Stop the run before an operation on numbers, strings or lists makes too large a
        result."""
        whole = isinstance(left, int) and isinstance(right, int)
        bits = 0
        match op:
            case ast.Mult() if whole:
                bits = left.bit_length() + right.bit_length()
            case ast.Mult():
                for many, times in ((left, right), (right, left)):
                    if isinstance(many, _SUMS) and isinstance(times, int):
                        self.check_length(many, len(many) * times)
            case ast.Add() if isinstance(left, _SUMS) and isinstance(right, _SUMS):
                self.check_length(left, len(left) + len(right))
            case ast.Pow() if whole and right > 0:
                bits = left.bit_length() * right
            case ast.LShift() if whole:
                bits = left.bit_length() + max(right, 0)
            case ast.Mod() if isinstance(left, bytes):
                raise Refused("operator", "bytes %")
            case ast.Mod() if isinstance(left, str):
                for spec in _conversions(left):
                    self.foresee_format(spec)
                    if "*" in spec:  # then the width is among the values
                        values = right if isinstance(right, tuple) else (right,)
                        self.foresee_format(" ".join(str(v) for v in values if type(v) is int))
                self.weigh(right, shown=True)
        if bits > self.limits.integer_bits + 1:
            raise self.stop("integer_bits", f"{bits:,}")

    def check_length(self, like: Any, length: int) -> None:
        limit = "text_chars" if isinstance(like, str | bytes) else "items"
        if length > getattr(self.limits, limit):
            raise self.stop(limit, f"{length:,}")

    def foresee_format(self, spec: str) -> None:
        """Check the width in a format, which is a size: f"{1:999999999}" would fill the memory."""
        if any(len(digits) > 3 for digits in re.findall(r"\d+", spec)):
            raise self.stop("text_chars", spec[:40])


def _conversions(template: str) -> Iterator[str]:
    """The widths in a text for `%`: what follows each sign, and the name in brackets after it."""
    end = 0
    while (end := template.find("%", end) + 1) > 0:
        depth = 0
        while template[end : end + 1] and (depth or template[end] == "("):
            depth += {"(": 1, ")": -1}.get(template[end], 0)
            end += 1
        if found := _WIDTHS.match(template, end):
            yield found[0]
            end = found.end() + 1  # and the letter, which may be a sign itself


def _walked_within(value: Any) -> list[Any]:
    """The values inside a value: the parts of a container, the arguments of an exception."""
    if isinstance(value, BaseException):
        return list(BaseException.args.__get__(value))  # type: ignore[attr-defined]
    return parts_of(value)


def _shown_within(value: Any) -> list[Any]:
    """The other values whose texts are part of the text of a value."""
    if isinstance(value, UserMethod):
        return [value.instance]
    if isinstance(value, Bound):
        return list(value.owner)
    if isinstance(value, torch.optim.Optimizer):
        return [{k: v for k, v in group.items() if k != "params"} for group in value.param_groups]
    return []


def cells_shown(values: Any) -> int:
    """How many numbers the text of a tensor or an array contains. With over 1,000 elements, at
    most six of each dimension are printed; a tensor of shape (2, 2, 2, …) is still printed
    whole."""
    count = math.prod(values.shape)
    return count if count <= 1000 else math.prod(min(size, 6) for size in values.shape)
