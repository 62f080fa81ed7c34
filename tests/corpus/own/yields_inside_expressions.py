def averager():
    total, n, avg = 0., 0, None
    while True:
        x = yield avg
        total += x; n += 1; avg = total / n
a = averager(); next(a); print(a.send(10), a.send(20))
def acc():
    s = 0
    while True:
        s += (yield s)
g = acc(); next(g); print(g.send(2), g.send(3))
def ask():
    name = (yield 'name?').upper()
    print(name)
    print((yield 'x'), 'after')
    out = []
    out.append((yield len(out)))
    a, b = (yield 1), (yield 2)
    d = (yield a + b) or 'nothing'
    e = 'big' if (yield d) > 3 else 'small'
    return f'{e} {(yield e)}' + (yield)
h = ask()
print(next(h))
for v in ('bob', 'p', 7, 3, 4, None, 5, 'q'):
    print(h.send(v))
try:
    h.send('z')
except StopIteration as end:
    print('end', end.value)
def inner():
    got = yield 'inner'
    return got * 2
def outer():
    total = 1 + (yield from inner()) + (yield 'between')
    print(total)
    yield total
o = outer(); print(next(o), o.send(5), o.send(6))
def fails():
    try:
        print((yield 1))
    except ValueError as e:
        print('caught', e)
        yield 2
f = fails(); next(f); print(f.throw(ValueError('v')))
