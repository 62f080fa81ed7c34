"""What a process that runs many programs looks after: its heap, its time, its late imports.

It knows nothing of programs, and leaving it out would change speed and memory alone.
"""

from autograd_explorer.process.heap import freeze_heap, give_back
from autograd_explorer.process.time_slices import Slices, pausing

__all__ = ["Slices", "freeze_heap", "give_back", "pausing"]
