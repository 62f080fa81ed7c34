import torch, torch.nn.functional as F
torch.manual_seed(0)
def off_diagonal(x):
    n, m = x.shape
    assert n == m
    return x.flatten()[:-1].view(n - 1, n + 1)[:, 1:].flatten()
def nt_xent(z1, z2, t=.5):
    z = F.normalize(torch.cat([z1, z2]), dim=1); n = z1.size(0)
    sim = z @ z.t() / t
    sim.masked_fill_(torch.eye(2 * n, dtype=torch.bool), float('-inf'))
    return F.cross_entropy(sim, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]))
z1 = torch.randn(4, 3, requires_grad=True); z2 = z1.detach() + .1 * torch.randn(4, 3)
c = ((z1 - z1.mean(0)) / z1.std(0)).T @ ((z2 - z2.mean(0)) / z2.std(0)) / 4
loss = (torch.diagonal(c).add(-1).pow(2).sum() + 5e-3 * off_diagonal(c).pow(2).sum()) + nt_xent(z1, z2)
loss.backward()
print(loss, z1.grad)
