import torch
from torch import nn
ACT = {'relu': nn.ReLU, 'gelu': nn.GELU, 'leaky': lambda: nn.LeakyReLU(0.1)}
REG = {}
def register(name):
    def deco(cls):
        REG[name] = cls
        return cls
    return deco
@register("mlp")
class MLP(nn.Module):
    def __init__(self, *, dims, act='relu', **unused):
        super().__init__()
        mods = []
        for i, (a, b) in enumerate(zip(dims, dims[1:])):
            mods.append((f'fc{i}', nn.Linear(a, b)))
            if i < len(dims) - 2:
                mods.append((f'act{i}', ACT[act]()))
        from collections import OrderedDict
        self.body = nn.Sequential(OrderedDict(mods))
    def forward(self, x):
        return self.body(x)
@register("res")
class Res(MLP):
    def forward(self, x):
        return x + super().forward(x)
cfg = {'type': 'res', 'dims': [4, 8, 4], 'act': 'leaky', 'note': 'x'}
kind = cfg.pop('type')
torch.manual_seed(0)
net = REG[kind](**cfg)
print(net, sum(map(torch.numel, net.parameters())))
print(net.body.fc0.weight.shape, [n for n, _ in net.named_children()])
