import torch
from torch import nn


def summary(model, input_size):
    rows = []
    hooks = []

    def register(module):
        def hook(m, i, o):
            rows.append((f"{type(m).__name__}-{len(rows) + 1}", list(o.shape), sum(p.numel() for p in m.parameters(recurse=False))))
        if not isinstance(module, (nn.Sequential, nn.ModuleList)) and module is not model:
            hooks.append(module.register_forward_hook(hook))

    model.apply(register)
    with torch.no_grad():
        model(torch.zeros(1, *input_size))
    for h in hooks:
        h.remove()
    line = "-" * 60
    print(line)
    print("{:>20}  {:>25} {:>12}".format("Layer (type)", "Output Shape", "Param #"))
    print("=" * 60)
    for name, shape, n in rows:
        print("{:>20}  {:>25} {:>12}".format(name, str(shape), "{0:,}".format(n)))
    total = sum(r[-1] for r in rows)
    print("=" * 60)
    print(f"Total params: {total:,}  ({total * 4 / 1024:.1f} KB)")
    return total


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))

    def forward(self, x):
        return self.classifier(self.features(x))


net = LeNet5()
total = summary(net, (1, 28, 28))
assert total == sum(p.numel() for p in net.parameters()) == 61706
print(net.classifier[1].weight.stride(), net.state_dict().keys())
buffers = dict(nn.BatchNorm1d(3).named_buffers())
print({k: v.tolist() for k, v in buffers.items()})
for i, (name, m) in enumerate(net.named_modules()):
    print(i, repr(name), m.__class__.__name__)
