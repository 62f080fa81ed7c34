import copy
import torch
from torch import nn


class EMA:
    def __init__(self, model, decay=0.99):
        self.decay = decay
        self.shadow = {}
        self.backup = {}
        self.model = model

    def register(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.shadow[name] = param.data.clone()

    def update(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                assert name in self.shadow
                new_average = (1.0 - self.decay) * param.data + self.decay * self.shadow[name]
                self.shadow[name] = new_average.clone()

    def apply_shadow(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                self.backup[name] = param.data
                param.data = self.shadow[name]

    def restore(self):
        for name, param in self.model.named_parameters():
            if param.requires_grad:
                param.data = self.backup[name]
        self.backup = {}


torch.manual_seed(0)
net = nn.Linear(2, 1)
teacher = copy.deepcopy(net)
for p in teacher.parameters():
    p.requires_grad = False
ema = EMA(net, 0.9)
ema.register()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(8, 2), torch.randn(8, 1)
for step in range(3):
    loss = ((net(x) - y)**2).mean() + ((net(x) - teacher(x))**2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    ema.update()
    with torch.no_grad():
        for tp, sp in zip(teacher.parameters(), net.parameters()):
            tp.mul_(0.9).add_(sp, alpha=0.1)
ema.apply_shadow()
print(net.weight)
ema.restore()
print(net.weight, teacher.weight.requires_grad)
