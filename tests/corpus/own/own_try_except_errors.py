import torch

def attempt(name, f):
    try:
        f()
    except (RuntimeError, ValueError) as e:
        print(f"{name}: {type(e).__name__}: {str(e).splitlines()[0]}")
    except Exception as e:
        print(name, "other", repr(e)[:60])
    else:
        print(name, "ok")
    finally:
        pass

x = torch.tensor([1.0, 2.0], requires_grad=True)
attempt("vector", lambda: (x * 2).backward())
y = (x ** 2).sum()
y.backward()
attempt("twice", lambda: y.backward())
attempt("inplace leaf", lambda: x.add_(1))
attempt("shape", lambda: torch.ones(2, 3) @ torch.ones(2, 3))
attempt("int grad", lambda: torch.tensor([1], requires_grad=True))
attempt("view", lambda: torch.ones(2, 3).t().view(-1))
attempt("index", lambda: x[5])
attempt("nograd", lambda: torch.ones(1).backward())
attempt("dtype", lambda: torch.ones(2) @ torch.ones(2, dtype=torch.double))
attempt("key", lambda: {}["a"])
attempt("zero", lambda: 1 / 0)
attempt("attr", lambda: x.foo)
attempt("item", lambda: x.item())
attempt("numpy", lambda: x.numpy())
try:
    raise RuntimeError("outer") from ValueError("inner")
except RuntimeError as err:
    print(repr(err.__cause__), err.args)
assert x.grad is not None, "no gradient"
with torch.autograd.detect_anomaly(check_nan=False):
    x.sum().backward()
print(x.grad)
