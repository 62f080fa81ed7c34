"""A data set without __iter__: Python asks it for item 0, 1, 2, … until it raises IndexError."""

import torch


class Points:
    def __init__(self, count):
        self.x = torch.linspace(0, 1, count)
        self.y = 2 * self.x + 1

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


class Squares:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError(i)
        return i * i


points = Points(5)
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    total = 0.0
    for x, y in points:
        loss = ((w * x + b - y) ** 2).sum()
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= 0.1 * p.grad
                p.grad.zero_()
        total += loss.item()
    print(epoch, len(points), f"{total:.4f}")

first, *rest = points
print(first, len(rest))
print(list(Squares()), sum(Squares()), max(Squares()), 9 in Squares(), 5 in Squares())
print(list(enumerate(Squares())), list(zip(Squares(), "abcd", strict=True)), *Squares())
print(dict(zip(Squares(), Squares(), strict=True)), sorted(Squares(), reverse=True), tuple(map(str, Squares())))


class Plain:
    pass


for use in (list, iter, lambda value: [*value]):
    try:
        use(Plain())
    except TypeError as error:
        print(type(error).__name__)
