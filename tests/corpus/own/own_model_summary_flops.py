import torch, torch.nn as nn
from functools import partial
stats = {}
def count(m, i, o, name):
    n = o.numel()
    if isinstance(m, nn.Conv2d): n *= m.in_channels // m.groups * m.kernel_size[0] * m.kernel_size[1]
    elif isinstance(m, nn.Linear): n *= m.in_features
    stats[name] = (type(m).__name__, tuple(o.shape), n)
net = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(4 * 16, 10))
hs = [m.register_forward_hook(partial(count, name=n)) for n, m in net.named_modules() if not list(m.children())]
net(torch.zeros(1, 3, 8, 8)); [h.remove() for h in hs]
w = max(len(v[0]) for v in stats.values())
for k, (t, s, n) in stats.items(): print(f'{k:>3} {t:<{w}} {str(s):<18} {n:>8,}')
print('-' * 40, f"total {sum(v[2] for v in stats.values()):,} params {sum(p.numel() for p in net.parameters()):,}", sep='\n')
