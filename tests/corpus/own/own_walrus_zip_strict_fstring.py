import torch
layers = [torch.nn.Linear(2, 2) for _ in range(2)]
names = ["a", "b"]
for i, (n, l) in enumerate(zip(names, layers, strict=True), start=1):
    print(f"{i}. {n:*^7} {l.weight.shape!s:>20} {l.in_features = }")
total = 0
while (loss := torch.tensor(3.0 - total)) > 1:
    total += 1
print(f"{loss=:.2f} {total:>+4d} {1e-5:g} {12345.678:,.1f} {True!r:>6}")
d = {"x": 1} | {"y": 2}
first, *mid, last = range(5)
print(d, mid, [*map(lambda t: t.item(), torch.arange(3))], *(f"{k}:{v}" for k, v in d.items()), sep="; ")
print(any(p.requires_grad for l in layers for p in l.parameters()), sum(1 for _ in layers[0].parameters()))
assert isinstance(3, int | float) and not isinstance("s", (int, float))
