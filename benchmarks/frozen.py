"""Imported once a process: the collector as boot.py sets it, without what boot.py imports."""

import gc

gc.collect()
gc.freeze()
gc.collect()
gc.set_threshold(5000, 5, 2)
