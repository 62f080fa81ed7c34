from dataclasses import dataclass, field, asdict, replace
from typing import List, Optional
@dataclass
class C:
    lr: float = 0.1
    xs: List[int] = field(default_factory=list)
    name: Optional[str] = None
c = C(0.2); c.xs.append(1); print(c, C(), c == C(0.2, [1]), asdict(c), replace(c, lr=3).lr)
@dataclass(order=True, frozen=True)
class P:
    x: int
    y: int = 2
print(P(1) < P(2), P(1) == P(1), sorted([P(3), P(1)]))
try:
    P(1).x = 3
except Exception as e: print(type(e).__name__, e)
try: C(1, 2, 3, 4)
except TypeError as e: print(e)