"""What recorded numbers mean: formulas, equations, steps, products, checks and causes of errors.

It reads records alone. gradient_check.py also computes, with tensors that it makes itself.
"""
