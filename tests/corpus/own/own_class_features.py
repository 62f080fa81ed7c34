import torch
from functools import reduce, wraps, lru_cache, cached_property
import operator
import time


def timer(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = func(*args, **kwargs)
        elapsed = time.perf_counter() - start
        print(f"{func.__name__} took {'<10s' if elapsed < 10 else 'long'}")
        return result
    return wrapper


class Registry:
    _items = {}

    @classmethod
    def register(cls, name):
        def deco(f):
            cls._items[name] = f
            return f
        return deco

    def __class_getitem__(cls, name):
        return cls._items[name]


@Registry.register("square")
def square(x):
    return x ** 2


@Registry.register("cube")
def cube(x: torch.Tensor) -> torch.Tensor:
    """x to the third"""
    return x ** 3


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __iter__(self):
        yield self.x
        yield self.y

    def __eq__(self, o):
        return tuple(self) == tuple(o)

    def __matmul__(self, o):
        return self.x * o.x + self.y * o.y

    def __bool__(self):
        return bool(self.x or self.y)

    def __getattr__(self, name):
        raise AttributeError(f"no {name}")


class Lazy:
    def __init__(self, t):
        self.t = t

    @cached_property
    def norm(self):
        print("computing")
        return self.t.norm().item()

    @property
    def scale(self):
        return self._scale if hasattr(self, "_scale") else 1

    @scale.setter
    def scale(self, v):
        if v <= 0:
            raise ValueError("scale")
        self._scale = v


@timer
def run():
    x = torch.tensor(2.0, requires_grad=True)
    y = reduce(operator.add, (f(x) for f in Registry._items.values()))
    y.backward()
    return x.grad


print(run())
print(Registry["cube"].__doc__, cube.__name__, Registry["square"](3))
a, b = Vec(1, 2), Vec(3, 4)
print(a @ b, a == Vec(1, 2), bool(Vec(0, 0)), [*a], dict(zip("xy", a)))
try:
    a.z
except AttributeError as e:
    print(e)
l = Lazy(torch.tensor([3.0, 4.0]))
print(l.norm, l.norm, l.scale)
l.scale = 3
print(l.scale)
try:
    l.scale = -1
except ValueError as e:
    print("ValueError", e)


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(40), fib.cache_info().hits)
print(list(map(lambda t: t[0] * t[1], enumerate("abc"))), sorted("bca", key=lambda c: -ord(c)), any(x > 2 for x in range(4)))
first, *rest = range(5)
print(first, rest, rest[::-1], {k: v for k, v in zip("ab", (1, 2))}, {x % 3 for x in range(7)})
