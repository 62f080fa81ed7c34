import functools
def logged(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        print("call", fn.__name__)
        return fn(*a, **k)
    return inner
@logged
def add(a, b): return a + b
print(add(1, 2))
