"""What a process that runs many programs looks after: its heap and its late imports.

It knows nothing of programs, and leaving it out would change speed and memory alone.
"""

from autograd_explorer.process.deferred_imports import has_deferred_imports
from autograd_explorer.process.heap import compact_heap, freeze_heap, give_back

__all__ = ["compact_heap", "freeze_heap", "give_back", "has_deferred_imports"]
