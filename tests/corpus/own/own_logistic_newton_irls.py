import torch

torch.manual_seed(3)
X = torch.cat([torch.ones(40, 1), torch.randn(40, 2)], 1).double()
w_true = torch.tensor([0.3, 1.0, -1.0], dtype=torch.float64)
y = torch.bernoulli(torch.sigmoid(X @ w_true))
w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
nll = lambda w: torch.nn.functional.binary_cross_entropy_with_logits(X @ w, y, reduction="sum")
while True:
    g = torch.autograd.functional.jacobian(nll, w)
    H = torch.autograd.functional.hessian(nll, w)
    step = torch.cholesky_solve(g[:, None], torch.linalg.cholesky(H))[:, 0]
    with torch.no_grad():
        w.sub_(step)
    print(f"nll={nll(w).item():.6f} step={step.norm().item():.2e}")
    if step.norm() < 1e-8:
        break
p = torch.sigmoid(X @ w)
print(torch.allclose(X.T @ (p - y), torch.zeros(3, dtype=torch.float64), atol=1e-6))
cov = torch.linalg.inv(H)
for name, value, se in zip(["bias", "x1", "x2"], w.tolist(), cov.diagonal().sqrt().tolist()):
    print(f"{name:<5}{value:>8.3f} ± {se:.3f}")
conf = torch.zeros(2, 2, dtype=torch.int)
for t, q in zip(y.long(), (p > .5).long()):
    conf[t, q] += 1
print(conf)
