import torch

torch.manual_seed(0)
X, w_true = torch.randn(20, 3), torch.tensor([1.0, -2.0, 0.5])
y = X @ w_true + 0.1 * torch.randn(20)
Xt, yt, Xv, yv = X[:14], y[:14], X[14:], y[14:]
log_lam = torch.tensor(-1.0, requires_grad=True)
outer = torch.optim.Adam([log_lam], lr=0.1)
for it in range(3):
    w = torch.zeros(3, requires_grad=True)
    for _ in range(5):
        inner = ((Xt @ w - yt) ** 2).mean() + log_lam.exp() * (w ** 2).sum()
        g = torch.autograd.grad(inner, w, create_graph=True)[0]
        w = w - 0.1 * g
    val = ((Xv @ w - yv) ** 2).mean()
    outer.zero_grad(set_to_none=True)
    val.backward()
    outer.step()
    print("iter", it, "val", round(val.item(), 5), "hypergrad", round(log_lam.grad.item(), 5))
