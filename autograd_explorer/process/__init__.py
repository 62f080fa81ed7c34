"""What a process that runs many programs looks after: its heap, its late imports, and that one
reader's do not keep the others waiting.

It knows nothing of programs, and leaving it out would change speed and memory alone.
"""

from autograd_explorer.process.deferred_imports import has_deferred_imports
from autograd_explorer.process.fairness import Allowance, Usage
from autograd_explorer.process.heap import compact_heap, freeze_heap, give_back

__all__ = [
    "Allowance",
    "Usage",
    "compact_heap",
    "freeze_heap",
    "give_back",
    "has_deferred_imports",
]
