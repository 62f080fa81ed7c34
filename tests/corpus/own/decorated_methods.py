"""What a decorator of Python's or PyTorch's makes becomes a method, too."""

import functools
from contextlib import contextmanager

import torch


class Timer:
    def __init__(self, name):
        self.name = name
        self.depth = 0

    @contextmanager
    def section(self, label="all"):
        self.depth += 1
        print(">" * self.depth, self.name, label)
        try:
            yield self
        finally:
            self.depth -= 1
            print("done", label)

    @functools.lru_cache(maxsize=None)
    def slow(self, n):
        return n if n < 2 else self.slow(n - 1) + self.slow(n - 2)

    @functools.cache
    def once(self, x):
        print("computed", x)
        return x + len(self.name)


class Loud(Timer):
    @contextmanager
    def section(self, label="loud"):
        with super().section(label.upper()) as inner:
            yield inner


timer = Timer("outer")
with timer.section() as same, same.section("inner"):
    print(same is timer, timer.depth)
with Loud("loud").section("x"):
    pass
try:
    with timer.section("fails"):
        raise ValueError("inside")
except ValueError as error:
    print(error, timer.depth)
print(timer.slow(20), timer.slow.cache_info().misses, Timer.slow(timer, 5))
print(timer.once(1), timer.once(1))
timer.once.cache_clear()
print(timer.once(1))


class Energy:
    def __init__(self, k):
        self.k = k

    def value(self, x):
        return 0.5 * self.k * (x**2).sum()

    @torch.no_grad()
    def quiet(self, x):
        return self.value(x).requires_grad

    def force(self, x):
        return -torch.func.grad(self.value)(x)


energy = Energy(3.0)
x = torch.tensor([1.0, -2.0], requires_grad=True)
print(energy.quiet(x), energy.force(x))
energy.value(x).backward()
print(x.grad)
layer = torch.nn.Linear(2, 1)
print(getattr(layer, "_is_replica", False), hasattr(layer, "_no_such_thing"))
