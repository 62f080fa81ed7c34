import functools
import time
import torch


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        t0 = time.perf_counter()
        out = fn(*args, **kwargs)
        wrapper.calls += 1
        assert time.perf_counter() >= t0
        return out
    wrapper.calls = 0
    return wrapper


def retry(times):
    def deco(fn):
        def inner(*a, **k):
            for i in range(times):
                try:
                    return fn(i, *a, **k)
                except RuntimeError as e:
                    print("attempt", i, "failed:", e)
            return None
        return inner
    return deco


@timed
def forward(x, w):
    """Multiply."""
    return x @ w


@retry(times=3)
def flaky(i, x):
    if i < 2:
        raise RuntimeError(f"not yet {i}")
    return x.sum()


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def make_counter():
    count = 0

    def inc():
        nonlocal count
        count += 1
        return count
    return inc


w = torch.ones(2, 1, requires_grad=True)
loss = flaky(forward(torch.ones(3, 2), w))
loss.backward()
print(w.grad, forward.calls, forward.__name__, forward.__doc__, fib(30))
c = make_counter()
print(c(), c(), [f() for f in [lambda i=i: i * 2 for i in range(3)]])
compose = lambda *fs: functools.reduce(lambda f, g: lambda x: g(f(x)), fs)
print(compose(torch.sin, torch.cos)(torch.tensor(0.5)))
