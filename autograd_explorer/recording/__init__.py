"""Records a run: its statements and values, and the graph with the gradient on every edge.

It does not depend on the interpreter: `trace_backward` takes any tensor, also one from a notebook.
"""
