import torch
x = torch.arange(12).view(3, 4); i = (0, 1); print(x[*i], x[i], x[..., -1], x[None, ::2, 1:3].shape, x[[0, 2], [1, 3]], x[x > 5][:2], x[torch.tensor([0, 1])].shape, x[-1, -1].item(), x[:, None].shape, x[1:][0], x[True].shape, x[()].shape)
a, *b, c = range(5); (d, e), f = (1, 2), 3; print(a, b, c, d, e, f, [*b, *[9]], {**{'a': 1}, 'b': 2}, {'x': 1} | {'y': 2}, 1_000, 0b11, 0xff, 1e3, 2j, ..., 1 < 2 < 3, not 1 == 2, 'a' if 0 else 'b', (lambda: (yield))() is not None)
for k in range(2): pass
else: print('for-else', k)
n = 0
while (n := n + 1) < 3: continue
else: print('while-else', n)
l = list(range(6)); del l[1:3]; l[1:1] = [7, 8]; l[::2] = [0] * len(l[::2]); print(l, l.index(7) if 7 in l else -1); w, p = 8, 2; print(f'{3.14159:{w}.{p}f}|{"x":>{w}}|{x.shape!r}|{n=}|{x.sum() = }|{{}}|{l[0]!s:*^5}', f"{'nested ' + f'{n}'}", '%(a)s %(b).2f' % {'a': 1, 'b': 2}, '{a[k]} {0.shape}'.format(x, a={'k': 1}), '{!r:>5}'.format('a'), 'abc'[::-1], "%5.1f|%-5s|%05d|%x|%e|%%" % (1.25, 'a', 42, 255, 12345.))
with torch.no_grad() as ng, torch.enable_grad(): print(ng, torch.is_grad_enabled())
with (torch.no_grad(), open('f.txt', 'w') as fh): fh.write('hi\n')
print(open('f.txt').read(), end='')
class Outer:
    class Inner:
        v = [j ** 2 for j in range(3)]
    def make(self): return self.Inner.v, __class__.__name__
    @staticmethod
    def helper(z): return z + 1
    two = helper.__func__(1) if hasattr(helper, '__func__') else 2
print(Outer().make(), Outer.two)
def gen():
    try:
        r = yield 1; print('got', r); yield 2
    finally: print('closed')
g = gen(); next(g); g.send('s'); g.close()
def deco(arg):
    def outer(fn):
        def inner(*a, **k): print('deco', arg, fn.__name__); return fn(*a, **k)
        return inner
    return outer
@deco('x')
@deco('y')
def fn(): return 'r'
print(fn(), (lambda *a, k=1, **kw: (a, k, kw))(1, 2, z=3)); s = {1, 2} ^ {2, 3}; s |= {5}; s.discard(1); print(s, frozenset([1]) <= s | {1}, {1, 2}.isdisjoint({3}), sorted({3, 1} - {1})); assert (n == 3), 'msg'
try: exec('y = 1 +')
except SyntaxError as err: print(type(err).__name__)
