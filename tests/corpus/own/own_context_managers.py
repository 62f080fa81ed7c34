import contextlib
import time
from contextlib import contextmanager
import torch


@contextmanager
def timer(name):
    start = time.perf_counter()
    try:
        yield
    finally:
        took = time.perf_counter() - start
        print(name, "took", took < 10)


@contextlib.contextmanager
def frozen(module):
    state = [p.requires_grad for p in module.parameters()]
    module.requires_grad_(False)
    try:
        yield module
    finally:
        for p, s in zip(module.parameters(), state):
            p.requires_grad_(s)


class no_tracking:
    def __enter__(self):
        self.prev = torch.is_grad_enabled()
        torch.set_grad_enabled(False)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        torch.set_grad_enabled(self.prev)
        print("leaving", exc_type.__name__ if exc_type else None)
        return exc_type is ValueError


torch.manual_seed(0)
lin = torch.nn.Linear(2, 2)
x = torch.ones(1, 2, requires_grad=True)
with timer("forward"), frozen(lin) as f:
    out = f(x).sum()
    out.backward()
print(lin.weight.grad, x.grad is not None, lin.weight.requires_grad)
with no_tracking() as nt:
    print((x * 2).requires_grad, nt.prev)
    raise ValueError("swallowed")
print((x * 2).requires_grad)
with contextlib.suppress(RuntimeError):
    (x.detach() * 2).sum().backward()
with torch.enable_grad(), contextlib.nullcontext():
    print((x * 3).requires_grad)
with torch.set_grad_enabled(False):
    print((x * 3).requires_grad)
@torch.no_grad()
def evaluate():
    return lin(x)
print(evaluate().requires_grad)
