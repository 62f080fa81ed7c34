import torch
from collections import Counter, defaultdict, OrderedDict
from functools import reduce, partial
import operator

ts = [torch.full((2,), float(i), requires_grad=True) for i in range(4)]
total = reduce(operator.add, ts)
total.sum().backward()
print({f"t{i}": t.grad.tolist() for i, t in enumerate(ts) if i % 2 == 0})
pairs = sorted([(t.sum().item(), i) for i, t in enumerate(ts)], key=lambda p: -p[0])
print(pairs, max(ts, key=lambda t: t.sum()).tolist())
groups = defaultdict(list)
for w in "the quick brown the fox the quick".split():
    groups[len(w)].append(w)
print(dict(groups), Counter("abracadabra").most_common(2))
sq = list(map(lambda t: t.pow(2).sum().item(), filter(lambda t: t[0] > 1, ts)))
print(sq, any(s > 5 for s in sq), all(s > 5 for s in sq))
scale = partial(torch.mul, other=torch.tensor(2.0))
print(scale(ts[1]))
a, *rest, b = range(6)
print(a, rest, b, [x for row in [[1, 2], [3]] for x in row], {len(w) for w in groups[3]})
d = OrderedDict([("one", 1), ("two", 2)])
d.move_to_end("one")
print(d, list(zip(*[[1, 2, 3], "abc"])), [*range(3)], {**d, "three": 3})
if (n := len(ts)) > 3:
    print(f"{n=}", f"{n:>5}|{n:<5}|{n:^5}|{n:05d}", f"{3.14159:.2e}")
matrix = [[i * j for j in range(3)] for i in range(3)]
print("\n".join(" ".join(f"{v:2d}" for v in row) for row in matrix))
