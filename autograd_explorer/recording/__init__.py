"""What a run did: its statements and values, and the graph with the gradient on every edge.

It knows nothing of the language that the program was written in: `trace_backward` takes any tensor.
"""
