"""Modules as programs, executed by the interpreter: see language/written.py. Nothing imports them."""
