import enum, torch
from enum import Enum, auto
class Act(Enum):
    RELU = auto()
    TANH = auto()
    @classmethod
    def parse(cls, s):
        return cls[s.upper()]
    @staticmethod
    def names(): return [a.name for a in Act]
    @property
    def fn(self): return {Act.RELU: torch.relu, Act.TANH: torch.tanh}[self]
    def apply(self, x): return self.fn(x)
    def __str__(self): return f"<{self.name.lower()}>"
print(Act.parse("tanh"), Act.names(), Act.RELU.apply(torch.tensor(-1.)), f"{Act.TANH}", repr(Act.TANH), [str(a) for a in Act], len(Act), Act.TANH in Act, Act.TANH.value)
class P(enum.IntEnum):
    A = 1
    def next(self): return P(self + 1) if self < 2 else self
    B = 2
print(P.A.next(), P.A + 1, P(2))
class S(str, Enum):
    X = "x"
    def shout(self): return self.value.upper()
print(S.X.shout(), S.X == "x", Act["RELU"])
import numpy as np
print(np.float32(2.5), np.int64(3) + 1, np.float64([1,2]), np.array([1,2], dtype=np.intp).dtype, np.uint16(3), np.round([1.234], 2), np.array([1.256]).round(1), np.float32 == np.float32, isinstance(np.float32(1), np.float32), np.arange(3, dtype=np.uint8).dtype, np.dtype('float32') if False else '')
l=[1,2,3]; l.pop(); l.reverse(); d={1:2}; print(d.get(1), d.setdefault(3,[]), d.pop(1), list(d.items()), l.copy())
s={1}; s.add(2); s.discard(1); print(s, 2 in s, 5 not in s, "a" in {"a": 1}.keys())
