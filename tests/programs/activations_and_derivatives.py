"""Each activation with its derivative at a few points."""
import torch
import torch.nn as nn

points = torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0])
for act in [nn.ReLU(), nn.Sigmoid(), nn.Tanh(), nn.LeakyReLU(0.1), nn.GELU(), nn.ELU(), nn.Softplus(), nn.SiLU(), nn.Hardtanh()]:
    x = points.clone().requires_grad_(True)
    act(x).sum().backward()
    print(f"{str(act):<30}", x.grad)
for f in (torch.relu, torch.tanh, torch.sigmoid, torch.nn.functional.silu):
    x = points.clone().requires_grad_()
    y = f(x)
    y.backward(torch.ones_like(y))
    print(f.__name__, x.grad.tolist())
