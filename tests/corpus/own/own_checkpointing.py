import torch
from torch import nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential

torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 4), nn.Linear(4, 4)
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        return x + self.b(torch.relu(self.a(x)))


blocks = nn.ModuleList([Block() for _ in range(3)])
x = torch.randn(2, 4, requires_grad=True)
h = x
for block in blocks:
    h = checkpoint(block, h, use_reentrant=False)
h.sum().backward()
print([b.calls for b in blocks], x.grad)
seq = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4), nn.ReLU())
out = checkpoint_sequential(seq, 2, x, use_reentrant=False)
out.sum().backward()
print(seq[0].weight.grad.norm())
y = checkpoint(blocks[0], x, use_reentrant=True)
y.sum().backward()
print(blocks[0].calls)
