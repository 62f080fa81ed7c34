"""Imported once a process: freezes the heap, as boot.py does."""

import gc

gc.collect()
gc.freeze()
