import torch

cases = {}


def attempt(label):
    def deco(f):
        try:
            f()
            print(f"[{label}] ok")
        except (RuntimeError, ValueError, TypeError, IndexError) as e:
            print(f"[{label}] {type(e).__name__}: {e}")
        return f
    return deco


@attempt("backward twice")
def _():
    x = torch.ones(2, requires_grad=True)
    y = (x ** 2).sum()
    y.backward()
    y.backward()


@attempt("non-scalar")
def _():
    x = torch.ones(2, requires_grad=True)
    (x * 2).backward()


@attempt("no grad")
def _():
    torch.ones(2).sum().backward()


@attempt("in-place leaf")
def _():
    x = torch.ones(2, requires_grad=True)
    x += 1


@attempt("modified")
def _():
    x = torch.ones(2, requires_grad=True)
    y = x.exp()
    y += 1
    y.sum().backward()


@attempt("numpy of grad")
def _():
    torch.ones(2, requires_grad=True).numpy()


@attempt("int requires grad")
def _():
    torch.arange(3, requires_grad=True)


@attempt("shape mismatch")
def _():
    torch.ones(2, 3) @ torch.ones(2, 3)


@attempt("broadcast")
def _():
    torch.ones(2) + torch.ones(3)


@attempt("item")
def _():
    torch.ones(2).item()


@attempt("grad unused")
def _():
    a, b = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    torch.autograd.grad((a * 2).sum(), [a, b])


@attempt("index")
def _():
    torch.ones(2)[5]


@attempt("dtype")
def _():
    torch.nn.functional.linear(torch.ones(1, 2, dtype=torch.double), torch.ones(1, 2))


@attempt("nll target")
def _():
    torch.nn.functional.cross_entropy(torch.randn(2, 3), torch.tensor([0, 5]))


@attempt("bool")
def _():
    if torch.ones(2):
        pass


@attempt("view")
def _():
    torch.ones(2, 3).t().view(6)


@attempt("grad shape")
def _():
    x = torch.ones(2)
    x.grad = torch.ones(3)


@attempt("wrong kwarg")
def _():
    torch.ones(2).sum(dimension=0)


@attempt("fine")
def _():
    torch.ones(2, requires_grad=True).sum().backward()
