"""What a program may use, as tables; and the functions that stand in for Python's and PyTorch's."""
