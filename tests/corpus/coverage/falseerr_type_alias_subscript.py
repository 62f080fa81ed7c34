from typing import List
Vector = List[float]
def norm(v: Vector) -> float:
    return sum(a * a for a in v) ** 0.5
print(norm([3.0, 4.0]))
