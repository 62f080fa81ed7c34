import torch
class Temp:
    def __init__(self): self._c = 0
    @property
    def c(self): "celsius"; return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError('cold')
        self._c = v
    @c.deleter
    def c(self): self._c = None
    def __getattr__(self, n):
        if n.startswith('get_'): return lambda: getattr(self, n[4:])
        raise AttributeError(f'no {n}')
    def __setattr__(self, n, v): object.__setattr__(self, n, v); 
    def __contains__(self, x): return x == self._c
    def __bool__(self): return self._c != 0
    def __format__(self, spec): return f'{self._c:{spec}}C'
    def __index__(self): return int(self._c)
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __hash__(self): return 1
    def __eq__(self, o): return isinstance(o, Temp)
    def __len__(self): return 3
    def __getitem__(self, i): return i * 2 if i < 3 else (_ for _ in ()).throw(IndexError)
    def __iter__(self): return (i for i in range(2))
    def __reversed__(self): return [9]
    def __call__(self, *a, **k): return a, k
    def __rsub__(self, o): return o - self._c
    def __matmul__(self, o): return 'mm'
    def __lshift__(self, o): return ('<<', o)
    def __and__(self, o): return 'and'
    def __invert__(self): return 'inv'
    def __iadd__(self, o): self._c += o; return self
    def __round__(self, n=0): return round(self._c, n)
t = Temp(); t.c = 5; t += 1.5; print(Temp.c.__doc__, t.c, t.get_c(), 6.5 in t, bool(t), f'{t:.1f}', len({t, Temp()}), len(t), t[1], list(t), reversed(t), t(1, a=2), 10 - t, t @ 1, t << 2, t & 1, ~t, round(t, 1), [0, 1, 2, 3, 4, 5, 6, 7][t])
with t: raise ValueError
del t.c; print(t.c)
try: t.zzz
except AttributeError as e: print(e)
try: t.c = -300
except ValueError as e: print(e)
