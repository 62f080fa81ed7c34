import torch
import torch.nn as nn
from torch.nn import init


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.01)


def weights_init(m):
    classname = m.__class__.__name__
    if classname.find('Conv') != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif classname.find('BatchNorm') != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
net.apply(init_weights)
print(net[0].weight, net[0].bias)
conv = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))
conv.apply(weights_init)
print(conv[0].weight.std(), conv[1].bias)
w = torch.empty(3, 4)
for name in ["uniform_", "normal_", "ones_", "zeros_", "eye_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_", "orthogonal_", "trunc_normal_"]:
    getattr(init, name)(w)
    print(f"{name:18s}{w.mean():.4f} {w.std():.4f}")
print(init.calculate_gain('relu'), init.calculate_gain('leaky_relu', 0.2))
init.sparse_(w, sparsity=0.5)
init.dirac_(torch.empty(2, 2, 3))
fan_in, fan_out = init._calculate_fan_in_and_fan_out(w)
print(fan_in, fan_out)
with torch.no_grad():
    net[1].weight.copy_(torch.eye(2))
print(net(torch.ones(1, 2)))
