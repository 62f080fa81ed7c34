import numpy as np
from functools import wraps
from itertools import count as counter
class Tape(list):
    active = None
    def __enter__(self): Tape.active = self; return self
    def __exit__(self, *exc): Tape.active = None
    def grad(self, out, wrt):
        g = {id(out): np.ones_like(out.v)}
        for node, parents in reversed(self):
            if id(node) not in g: continue
            for p, f in parents: g[id(p)] = g.get(id(p), 0) + f(g[id(node)])
        return [g.get(id(w), np.zeros_like(w.v)) for w in wrt]
class Node(np.lib.mixins.NDArrayOperatorsMixin if False else object):
    _ids = counter()
    __array_ufunc__ = None
    def __init__(self, v): self.v, self.id = np.asarray(v, dtype=float), next(Node._ids)
    def __add__(s, o): o = lift(o); return rec(s.v + o.v, (s, lambda g: unb(g, s.v)), (o, lambda g: unb(g, o.v)))
    def __mul__(s, o): o = lift(o); return rec(s.v * o.v, (s, lambda g: unb(g * o.v, s.v)), (o, lambda g: unb(g * s.v, o.v)))
    def __matmul__(s, o): return rec(s.v @ o.v, (s, lambda g: g @ o.v.T), (o, lambda g: s.v.T @ g))
    def sum(s): return rec(s.v.sum(), (s, lambda g: g * np.ones_like(s.v)))
    __radd__, __rmul__ = __add__, __mul__
    def __neg__(s): return s * -1
    def __sub__(s, o): return s + -lift(o)
    def __repr__(s): return f'Node#{s.id}{s.v.shape}'
def lift(x): return x if isinstance(x, Node) else Node(x)
def unb(g, like):
    while g.ndim > like.ndim: g = g.sum(0)
    for ax, n in enumerate(like.shape):
        if n == 1: g = g.sum(ax, keepdims=True)
    return g
def rec(v, *parents):
    n = Node(v)
    if Tape.active is not None: Tape.active.append((n, parents))
    return n
def tanh(x): y = np.tanh(x.v); return rec(y, (x, lambda g: g * (1 - y ** 2)))
rs = np.random.RandomState(0); W, b, X = Node(rs.randn(3, 2)), Node(np.zeros((1, 2))), Node(rs.randn(5, 3))
with Tape() as t: L = (tanh(X @ W + b) * 2 - 1).sum()
gW, gb = t.grad(L, [W, b]); print(gW, gb, len(t), L)
import torch
tw, tb = torch.tensor(W.v, requires_grad=True), torch.tensor(b.v, requires_grad=True); (torch.tanh(torch.tensor(X.v) @ tw + tb) * 2 - 1).sum().backward(); print(np.allclose(gW, tw.grad), np.allclose(gb, tb.grad))
