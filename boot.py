"""Everything heavy is imported here, once, before the first session.

plotly and pandas import each other lazily: several sessions meeting a cold server would find
half of a module. And the collector need not walk what never changes, so the heap is frozen.
"""

import gc
import os

# One small problem a session, many sessions: more threads would only get in each other's way.
# torch.set_num_threads() alone leaves the BLAS of every new thread, and so of every rerun, with
# a team as wide as the machine, whose members wait for each other when the cores are busy.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy  # noqa: F401
import pandas  # noqa: F401
import plotly.graph_objects  # noqa: F401
import torch

import components  # noqa: F401
import core
import texts

torch.set_num_threads(1)
core.run(core.Problem().source)  # what torch loads at its first backward is loaded here
core.formula("AddBackward0")
core.leaf_warning()  # it has to change the warnings filters for a moment
for language in texts.LANGUAGES:
    texts.for_page("explorer", language)
gc.collect()
gc.freeze()
