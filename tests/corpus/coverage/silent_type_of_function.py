def f(): pass
print(type(f), type(lambda: 0), type(f).__name__)
