import torch

torch.set_default_dtype(torch.float64)


def f(x):
    return x[0] ** 2 * 3 + x[1] ** 4 + x[0] * x[1] + torch.exp(-x[0])


x = torch.tensor([2.0, 2.0], requires_grad=True)
for k in range(20):
    y = f(x)
    g, = torch.autograd.grad(y, x, create_graph=True)
    H = torch.stack([torch.autograd.grad(gi, x, retain_graph=True)[0] for gi in g])
    step = torch.linalg.solve(H, g.detach())
    with torch.no_grad():
        x -= step
    print(k, f"{y.item():.8f}", f"|g|={g.norm().item():.2e}")
    if g.norm() < 1e-9:
        break
print(x, torch.get_default_dtype())
chol = torch.linalg.cholesky(H)
print(torch.allclose(chol @ chol.T, H), torch.linalg.cond(H).item() > 1)
