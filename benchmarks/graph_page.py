"""A page with nothing but one graph, for benchmarks/first_view.py: ?layers=N, 0 for the seed.

4,000 layers are a graph of 20,001 nodes.
"""

import streamlit as st
import torch

import autograd_explorer as ax
import texts
from benchmarks.trace_cost import WIDTH, build
from components.loader import mount_loader
from components.on_page import show_graph

torch.set_num_threads(1)
mount_loader("en")
layers = min(int(st.query_params.get("layers", "0")), 4_000)
if layers:
    model = build(layers)
    with ax.watch() as seen:
        model(torch.ones(1, WIDTH)).sum().backward()
    assert seen.graph is not None  # noqa: S101
    graph = seen.graph
else:
    seed = ax.run(ax.Problem().source).graph
    assert seed is not None  # noqa: S101
    graph = seed
show_graph(graph, texts.for_page("graph", "en"), key="graph")
