def g():
    yield from range(3)
print(list(g()))
