"""Which keyword arguments a function may be given.

A function of PyTorch's or Python's own knows its keywords best: it answers a slip of the pen in its
own words. So only those are refused that it may not be given here, whatever it does with them.
A function of ours has the keywords of its parameters.
"""

from inspect import CO_VARARGS, CO_VARKEYWORDS
from typing import Literal

from autograd_explorer.language.library.entry import Function

Answer = Literal["taken", "refused", "unknown"]

# `strategy` and its kin work on all rows at once by torch.func, which counts its nested levels for
# the whole process; the others reach other devices, other layouts of memory, other processes, or
# functions that native code would call.
_REFUSED = frozenset(
    """
    pin_memory layout like strategy outer_jacobian_strategy chunk_size
    pickle_module multiprocessing_context worker_init_fn pin_memory_device dict
    forward_ad_mode tracemalloc
    """.split()
)


def answer_to(function: Function, name: object) -> Answer:
    """Whether a function takes a keyword, may not be given it, or does not know it."""
    if not isinstance(name, str):
        return "refused"
    if function.kind != "special":
        return "refused" if name in _REFUSED or name.startswith("_") else "taken"
    code = getattr(function.call, "__code__", None)
    if code is None:
        return "refused" if name in _REFUSED else "taken"
    count = code.co_argcount + code.co_kwonlyargcount
    # The first is the Runtime; those before a slash have no names for a program.
    first = max(code.co_posonlyargcount, 1)
    if name in code.co_varnames[first:count]:
        return "taken"
    if not code.co_flags & CO_VARKEYWORDS:
        return "refused" if name in _REFUSED else "unknown"
    # A function of ours that takes **options hands them on to PyTorch; one that takes **named keeps
    # them for the program.
    rest = code.co_varnames[count + bool(code.co_flags & CO_VARARGS)]
    if rest == "named":
        return "taken"
    return "refused" if name in _REFUSED or name.startswith("_") else "taken"
