"""Initialisation, dead units, and the norm of the gradient layer by layer."""
import torch
from torch import nn

torch.manual_seed(20)

def build(depth, act, std):
    layers = []
    for _ in range(depth):
        lin = nn.Linear(8, 8)
        nn.init.normal_(lin.weight, 0.0, std)
        nn.init.zeros_(lin.bias)
        layers += [lin, act()]
    return nn.Sequential(*layers)

for act, std in [(nn.Sigmoid, 1.0), (nn.Tanh, 0.35), (nn.ReLU, 0.5)]:
    net = build(6, act, std)
    net(torch.randn(16, 8)).pow(2).mean().backward()
    norms = [m.weight.grad.norm().item() for m in net if isinstance(m, nn.Linear)]
    print(act.__name__, [f"{v:.1e}" for v in norms])
relu = nn.ReLU()
lin = nn.Linear(4, 4)
lin.bias.data.fill_(-100.)
out = relu(lin(torch.randn(3, 4)))
out.sum().backward()
print((out == 0).all(), lin.weight.grad.abs().sum())
nn.init.kaiming_uniform_(lin.weight, nonlinearity="relu")
nn.init.xavier_normal_(lin.weight)
print(lin.weight)
