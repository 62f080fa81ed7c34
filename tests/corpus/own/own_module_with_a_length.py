import torch
import torch.nn as nn
class DeepSets(nn.Module):
    def __init__(self):
        super().__init__()
        self.phi = nn.Sequential(nn.Linear(1, 8), nn.ELU(), nn.Linear(8, 4))
        self.rho = nn.Sequential(nn.Linear(4, 8), nn.ELU(), nn.Linear(8, 1))
        self._cache = None
        self.__hidden = 3
    def forward(self, x, mask=None):
        h = self.phi(x)
        if mask is not None:
            h = h * mask[..., None]
        self._cache = h.detach()
        return self.rho(h.sum(-2)).squeeze(-1)
    def __len__(self):
        return sum(1 for _ in self.parameters())
    def __repr__(self):
        return f"{self.__class__.__name__}({len(self)} tensors)"
    @property
    def hidden(self):
        return self.__hidden
torch.manual_seed(0)
net = DeepSets()
print(net, net.hidden, hasattr(net, '_cache'), hasattr(net, '_nope'))
opt = torch.optim.Adam(net.parameters(), 0.02)
for it in range(5):
    x = torch.randint(0, 10, (16, 6, 1)).float() / 10
    mask = (torch.arange(6)[None] < torch.randint(1, 7, (16, 1))).float()
    y = (x.squeeze(-1) * mask).sum(-1)
    loss = nn.functional.l1_loss(net(x, mask), y)
    loss.backward()
    opt.step(); opt.zero_grad()
    print(f"{it} {loss:.4f}")
perm = torch.randperm(6)
print(torch.allclose(net(x[:, perm], mask[:, perm]), net(x, mask), atol=1e-5), net._cache.shape)
