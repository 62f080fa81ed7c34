import torch
import math

torch.manual_seed(0)
X = torch.linspace(0, 1, 12).unsqueeze(-1)
Y = torch.sin(X.squeeze() * 2 * math.pi) + 0.1 * torch.randn(12)
log_ls = torch.tensor(math.log(0.3), requires_grad=True)
log_sf = torch.tensor(0.0, requires_grad=True)
log_sn = torch.tensor(-1.0, requires_grad=True)


def rbf(a, b):
    d2 = torch.cdist(a / log_ls.exp(), b / log_ls.exp(), p=2) ** 2
    return torch.exp(2 * log_sf) * torch.exp(-0.5 * d2)


def rbf2(a, b):
    d2 = (a[:, None, :] - b[None, :, :]).pow(2).sum(-1) / torch.exp(2 * log_ls)
    return torch.exp(2 * log_sf) * (-0.5 * d2).exp()


def nll():
    K = rbf2(X, X) + torch.exp(2 * log_sn) * torch.eye(len(X))
    L = torch.linalg.cholesky(K)
    alpha = torch.cholesky_solve(Y[:, None], L).squeeze()
    return 0.5 * Y @ alpha + L.diagonal().log().sum() + 0.5 * len(X) * math.log(2 * math.pi)


opt = torch.optim.Adam([log_ls, log_sf, log_sn], lr=0.05)
for i in range(61):
    opt.zero_grad()
    loss = nll()
    loss.backward()
    opt.step()
    if i % 20 == 0:
        print(f"{i:3d} nll {loss.item():8.4f} ls {log_ls.exp().item():.3f} sf {log_sf.exp().item():.3f} sn {log_sn.exp().item():.3f}")
with torch.no_grad():
    Xs = torch.tensor([[0.25], [0.5], [2.0]])
    K = rbf2(X, X) + torch.exp(2 * log_sn) * torch.eye(len(X))
    Ks = rbf2(X, Xs)
    mean = Ks.T @ torch.linalg.solve(K, Y)
    var = rbf2(Xs, Xs).diagonal() - (Ks * torch.linalg.solve(K, Ks)).sum(0)
    for x, m, v in zip(Xs[:, 0], mean, var):
        print(f"f({x:.2f}) = {m:+.2f} ± {2 * v.sqrt():.2f}")
    print(torch.allclose(rbf(X, X), rbf2(X, X), atol=1e-3))
