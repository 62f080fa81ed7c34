"""A safe subset of Python and PyTorch: parses a program's statements and carries them out.

It knows nothing of graphs, lessons or pages. What a program may use is handed in as a `Library`,
and what it does is told to an `Observer`.
"""
