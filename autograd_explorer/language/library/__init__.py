"""Tables of the names that a program may use, and our own functions for those of Python's and
PyTorch's that cannot be called directly."""
