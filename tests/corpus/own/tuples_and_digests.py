# Operators of named tuples, reversed sequences, bound methods, digests of bytes
import hashlib, base64
h = hashlib.sha256("a".encode()); h.update(b"b"); print(h.hexdigest(), hashlib.md5(b"x").hexdigest()[:5], int(hashlib.sha1(b"q").hexdigest(), 16) % 100, hashlib.blake2b(b"a", digest_size=4).digest())
print(base64.b64encode(b"abc").decode(), base64.b64decode("YWJj"))
from collections import namedtuple
from typing import NamedTuple
class P(NamedTuple):
    x: float
    y: float = 0.
    def __add__(self, o): return P(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return P(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __str__(self): return f"<{self.x}, {self.y}>"
    def __neg__(self): return self * -1
p = P(1., 2.); print(p + p, 2 * p, p * 3, -p, repr(p), p == (1., 2.), P._make([1, 2]), f"{p}", [p], P._fields, P._field_defaults, p.__add__(p), hash(p) == hash((1., 2.)))
class V:
    def __init__(s, *a): s.a = a
    def __len__(s): return len(s.a)
    def __getitem__(s, i): return s.a[i]
print(list(reversed(V(1, 2, 3))), [*reversed({"a": 1, "b": 2})])
class F:
    "d"
    def m(self): "doc"
print(F().m.__doc__, F().m.__func__ is F.m, F().m.__qualname__, F.m.__module__, F().m.__name__)
reversed(F())
