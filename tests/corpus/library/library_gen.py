class T:
    def __init__(self): self.c = []
    def __iter__(self):
        for x in self.c:
            yield x
        yield from (y for y in 'ab')
    def walk(self, n):
        if n:
            yield n
            yield from self.walk(n-1)
print(list(T()), list(T().walk(5)))
def g():
    try:
        while True:
            x = yield
            print('got', x)
    except ValueError as e:
        print('v', e)
        yield 'done'
    finally:
        print('fin')
    return 5
h = g(); next(h); h.send(1); print(h.throw(ValueError('z')))
try: next(h)
except StopIteration as e: print('stop', e.value)
def outer():
    r = yield from inner(); print('r', r)
def inner():
    yield 1
    return 7
print(list(outer()))
print(dict((k, v) for k, v in zip('ab', range(2))), max(x for x in [1,3]), next((x for x in [] if x), None))