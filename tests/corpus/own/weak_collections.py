import weakref, gc
import torch
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'A({self.n})'
s = weakref.WeakSet(); a, b = A(1), A(2); s.add(a); s.add(b); s.add(a); print(len(s), a in s, sorted(x.n for x in s)); del a; gc.collect(); print(len(s), list(s)); s.discard(b); print(len(s))
d = weakref.WeakKeyDictionary(); t = torch.ones(1); d[t] = 'x'; d[b] = [1]; print(d[t], d.get(A(3)), len(d), t in d, list(d.values())); del t; gc.collect(); print(len(d), dict(d.items()), d.pop(b), len(d))
c = weakref.WeakValueDictionary(); c['b'] = b; c['n'] = A(9); print(list(c), c['b'], c.setdefault('b', None), 'n' in c)
try: c['q']
except KeyError as e: print(e)
del b; print(len(c))
