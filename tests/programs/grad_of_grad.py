"""Higher derivatives of x**4 by repeated torch.autograd.grad with create_graph."""
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x ** 4
(g1,) = torch.autograd.grad(y, x, create_graph=True)
(g2,) = torch.autograd.grad(g1, x, create_graph=True)
(g3,) = torch.autograd.grad(g2, x, create_graph=True)
print(y, g1, g2, g3, sep="\n")
g = y
for n in range(1, 4):
    g = torch.autograd.grad(g, x, create_graph=True)[0]
    print(f"order {n}: {g.item():.1f}")
