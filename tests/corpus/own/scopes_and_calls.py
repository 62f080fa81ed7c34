# Scopes, exceptions, calls and numbers of plain Python
import torch
x = "global"
def f():
    print(x)
    def g():
        nonlocal_x = x
        return nonlocal_x
    return g()
print(f())
def h():
    try:
        print(x)
        x = 1
    except UnboundLocalError as e:
        print(type(e).__name__, e)
h()
fs = [lambda: i for i in range(3)]
print([g() for g in fs])
fs = [lambda i=i: i for i in range(3)]
print([g() for g in fs])
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c1, c2 = counter(), counter()
print(c1(), c1(), c2())
for k in range(3): pass
print(k)
[z for z in range(3)]
try: z
except NameError as e: print(e)
try:
    raise ValueError("v")
except ValueError as err: saved = err
try: err
except NameError as e: print(e)
print(repr(saved), saved.args)
class A:
    shared = []
    def __init__(self): self.own = []
a, b = A(), A(); a.shared.append(1); a.own.append(1); print(b.shared, b.own); b.shared = [2]; print(A.shared, a.shared, b.shared)
def gen():
    try:
        yield 1; yield 2
    finally: print("gen closed")
g = gen(); next(g); g.close()
for v in gen():
    if v == 1: break
print("after break")
def args(a, /, b, *c, d=4, **e): return a, b, c, d, e
print(args(1, 2, 3, d=5, f=6), args(*[1, 2], **{"d": 0}))
try: args(b=1)
except TypeError as e: print(e)
try: args(1, 2, b=3)
except TypeError as e: print(e)
def r(n): return 1 if n == 0 else n * r(n - 1)
print(r(10), (lambda f: f(f, 5))(lambda s, n: 1 if n < 2 else n * s(s, n - 1)))
l = [1, 2, 3]; m = l; m += [4]; print(l, l is m); m = m + [5]; print(l, l is m)
t = ([],); 
try: t[0] += [1]
except TypeError as e: print(e, t)
d = {}; d[1] = "a"; d[1.0] = "b"; d[True] = "c"; print(d, hash(1) == hash(1.0))
print([1, 2] < [1, 3], (1, "a") < (1, "b"), {1} < {1, 2}, "a" "b", not 0 == 1, 1 == 1.0 is True, [] is [], None == 0)
s = "x"; s2 = s; s += "y"; print(s, s2)
print(sorted([3, 1, 2], key=lambda v: -v), sorted("bAc", key=str.lower), max([(1, 2), (1, 3)]), min("b", "a"), sum([[1], [2]], []), any([]), all([]))
w = torch.ones(2, requires_grad=True); w2 = w; w2 = w2 + 1; print(w is w2, w)
i = iter([1, 2, 3]); print(list(zip(i, i)), next(i, "end")); print(list(map(lambda p, q: p + q, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, "", "a"])), [*reversed([1, 2])], list(enumerate("ab", 1)))
a, (b, *c), d = 1, (2, 3, 4), 5; print(a, b, c, d); a, b = b, a; print(a, b)
if (n := len(l)) > 3: print(n)
print(*(f"{v:{w}.{p}f}" for v, w, p in [(3.14159, 8, 2)]), f"{'a':>{5}}|{1e6:,.0f}|{255:#x}|{True}|{None!r}|{[1]!s}|{'{}'}")
try: int("x")
except (TypeError, ValueError) as e: print(type(e), e)
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise RuntimeError("outer") from e
except RuntimeError as e: print(e, repr(e.__cause__), e.__suppress_context__)
def fin():
    try: return "try"
    finally: print("fin")
print(fin())
def fin2():
    for i in range(3):
        try: continue
        finally: print(i, end=" ")
    return "done"
print(fin2())
print(type(NotImplemented).__name__, ..., Ellipsis is ..., __name__, type(f).__name__, f.__name__, (lambda: 0).__name__, A.__init__.__qualname__)
