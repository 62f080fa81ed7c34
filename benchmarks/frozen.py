"""Imported once a process: freezes the heap and collects the rest as boot.py does."""

import gc

gc.collect()
gc.freeze()
gc.collect()
gc.set_threshold(5000, 5, 2)
