"""A page with nothing but one graph, for benchmarks/first_view.py: ?layers=N, 0 for the seed."""

import streamlit as st
import torch

import autograd_explorer as ax
import texts
from benchmarks.trace_cost import WIDTH, build
from components.loader import mount_loader
from components.on_page import show_graph

torch.set_num_threads(1)
mount_loader("en")
layers = min(int(st.query_params.get("layers", "0")), 1_000)
if layers:
    graph = ax.trace_backward(build(layers)(torch.ones(1, WIDTH)).sum())
else:
    seed = ax.run(ax.Problem().source).graph
    assert seed is not None  # noqa: S101
    graph = seed
show_graph(graph, texts.for_page("graph", "en"), key="graph")
