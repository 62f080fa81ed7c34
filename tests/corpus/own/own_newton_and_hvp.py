import torch
from torch.autograd import grad


def f(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


x = torch.tensor([3.5, 2.5], dtype=torch.float64, requires_grad=True)
for i in range(4):
    g, = grad(f(x), x, create_graph=True)
    H = torch.stack([grad(g[j], x, retain_graph=True)[0] for j in range(2)])
    step = torch.linalg.solve(H, g.detach())
    with torch.no_grad():
        x -= step
    print(i, x.tolist(), g.norm().item())
v = torch.tensor([1.0, -1.0], dtype=torch.float64)
g, = grad(f(x), x, create_graph=True)
Hv, = grad(g @ v, x)
print(Hv, torch.linalg.eigvalsh(torch.autograd.functional.hessian(f, x.detach())))
y = torch.tensor(2.0, requires_grad=True)
out = y ** 4
for n in range(4):
    out, = grad(out, y, create_graph=True)
    print(n + 1, out.item())
