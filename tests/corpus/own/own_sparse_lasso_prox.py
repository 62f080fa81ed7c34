import torch

torch.manual_seed(1)
A = torch.randn(30, 10)
x_true = torch.zeros(10)
x_true[[1, 4]] = torch.tensor([2.0, -3.0])
b = A.mv(x_true)
soft = lambda v, t: torch.sign(v) * torch.relu(v.abs() - t)
x = torch.zeros(10, requires_grad=True)
L = torch.linalg.matrix_norm(A, 2).item() ** 2
z, t = x.detach().clone(), 1.0
hist = []
for k in range(60):
    z.requires_grad_(True)
    f = 0.5 * (A @ z - b).square().sum()
    f.backward()
    with torch.no_grad():
        x_new = soft(z - z.grad / L, 0.5 / L)
        t_new = (1 + (1 + 4 * t * t) ** 0.5) / 2
        z = x_new + (t - 1) / t_new * (x_new - x)
        x, t = x_new, t_new
    hist.append((0.5 * (A @ x - b).norm() ** 2 + 0.5 * x.abs().sum()).item())
print("support", x.nonzero().flatten().tolist(), [f"{v:.2f}" for v in x[x != 0].tolist()])
print("objective", round(hist[0], 2), "->", round(hist[-1], 2), all(isinstance(h, float) for h in hist))
u = torch.zeros(3, requires_grad=True)
(u.abs().sum() + torch.relu(u).sum() + u.norm()).backward()
print("subgradients at zero", u.grad)
