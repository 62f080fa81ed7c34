"""torch.func.grad, composed with itself, with argnums and has_aux."""
import torch
from torch.func import grad, vjp, grad_and_value

f = lambda x: torch.sin(x)
x = torch.tensor(0.5)
cos_x = grad(f)(x)
print(torch.allclose(cos_x, x.cos()))
neg_sin_x = grad(grad(f))(x)
print(torch.allclose(neg_sin_x, -x.sin()))

def loss_fn(w, x, y):
    pred = x @ w
    return ((pred - y) ** 2).mean()

w = torch.ones(2)
X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
Y = torch.tensor([1.0, 0.0])
print(grad(loss_fn)(w, X, Y))
print(grad(loss_fn, argnums=(0, 1))(w, X, Y))
g, v = grad_and_value(loss_fn)(w, X, Y)
print(g, v)
def aux(x):
    y = x.sin()
    return y.sum(), y
print(torch.func.grad(aux, has_aux=True)(torch.tensor([0.0, 1.0])))
out, pull = vjp(torch.sin, torch.tensor([0.0, 1.0]))
print(out, pull(torch.ones(2)))
