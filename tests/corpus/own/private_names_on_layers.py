import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def remember(module, inputs, output):
    module._seen = output.detach()
    module._calls = getattr(module, "_calls", 0) + 1


for i, layer in enumerate(net):
    layer._name = f"layer{i}"
    layer.register_forward_hook(remember)
x = torch.randn(4, 2)
net(net[0](x) @ torch.ones(3, 2)).sum().backward()
for layer in net:
    print(layer._name, layer._calls, layer._seen.shape, hasattr(layer, "_none"))
del net[0]._name
print(hasattr(net[0], "_name"), net[0].weight.grad, net)
try:
    net[1]._missing
except AttributeError as error:
    print(error)
