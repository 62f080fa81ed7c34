import torch, torch.nn.functional as F
torch.manual_seed(0)
x, y = torch.randn(4, 5), torch.tensor([0, 1, 2, 1])
W = torch.nn.Parameter(torch.randn(5, 3) / 5 ** .5); b = torch.nn.Parameter(torch.zeros(3))
opt = torch.optim.SGD([dict(params=[W], lr=.5), dict(params=[b], lr=1.)], lr=.1)
losses = []
for it in range(20):
    loss = F.cross_entropy(x @ W + b, y)
    opt.zero_grad(set_to_none=True); loss.backward(); opt.step()
    losses.append(loss.detach())
losses = torch.stack(losses)
print(losses[::5], (losses.diff() < 0).all())
assert losses[-1] < losses[0], "did not go down"
