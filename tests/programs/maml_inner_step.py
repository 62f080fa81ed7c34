"""A differentiable update: gradient through a gradient step."""
import torch

torch.manual_seed(18)
w = torch.tensor([0.5, -0.3], requires_grad=True)
x, y = torch.randn(8, 2), torch.randn(8)

def loss_fn(w, x, y):
    return ((x @ w - y) ** 2).mean()

inner = loss_fn(w, x[:4], y[:4])
g, = torch.autograd.grad(inner, w, create_graph=True)
fast = w - 0.1 * g
outer = loss_fn(fast, x[4:], y[4:])
outer.backward()
print(inner, outer)
print(w.grad)
print(fast.grad_fn, fast.is_leaf)
