"""The plain Python that tutorials lean on."""
import torch
import math
from math import pi, sqrt

squares = [i ** 2 for i in range(5) if i % 2 == 0]
pairs = {k: v for k, v in zip("abc", [1, 2, 3])}
print(squares, pairs, {1, 2} | {3}, sorted([3, 1, 2], reverse=True))
print(sum(x for x in [1.0, 2.0]), max([1, 5, 2]), min(3, 2), abs(-4), round(2.567, 1))
print(list(map(lambda v: v + 1, [1, 2])), list(filter(lambda v: v > 1, [1, 2, 3])))
print(list(enumerate("ab", start=1)), list(reversed([1, 2])), any([0, 1]), all([]))
print(isinstance(1, int), isinstance(torch.ones(1), torch.Tensor), type(1.0).__name__, len("abc"))
print(math.exp(1), pi, sqrt(16), math.isclose(0.1 + 0.2, 0.3), float("inf"), int("7"), bool([]))
first, *rest = [1, 2, 3]
(a, b), c = (1, 2), 3
print(first, rest, a, b, c)
x = 5 if first else 6
print(x, not x, x > 3 and x < 10, 1 < x <= 5, x is None, 3 in [1, 2, 3], "b" not in "abc")
s = "  Hello, World  "
print(s.strip().lower().split(","), "-".join(["a", "b"]), s.replace("l", "L").strip(), "abc".upper()[::-1])
items = [3, 1]
items.append(2); items.extend([5]); items.insert(0, 9); items.sort()
print(items, items.pop(), items.index(3), items.count(1), items[-1], items[1:3])
d = dict(lr=0.1)
d["momentum"] = 0.9
d.update(nesterov=True)
print(d, d.get("x", 0), list(d.keys()), "lr" in d)
i = 0
while True:
    i += 1
    if i == 2:
        continue
    if i > 4:
        break
else:
    print("never")
print(i)
for i in range(2):
    pass
else:
    print("for else", i)
def outer(n, *args, scale=1, **kw):
    """Closures and every kind of parameter."""
    total = n
    def inner():
        nonlocal total
        total += 1
        return total
    return inner() * scale + len(args) + len(kw)
print(outer(1), outer(1, 2, 3, scale=10, a=1))
counter = 0
def bump():
    global counter
    counter += 1
bump(); bump()
print(counter)
def fact(n: int) -> int:
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(10))
assert fact(3) == 6, "wrong"
if (n := len(items)) > 2:
    print("walrus", n)
print(r"raw\n", 'a' 'b', "x" * 3, [0] * 2, (1, 2) + (3,))
