import torch
import torch.nn as nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook

torch.manual_seed(1)
calls = []

def pre(mod, inp):
    calls.append(("pre", mod.__class__.__name__))

def post(mod, inp, out):
    calls.append(("post", type(mod).__name__, tuple(out.shape)))

h1 = register_module_forward_pre_hook(pre)
h2 = register_module_forward_hook(post)
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))
y = net(torch.randn(2, 3))
h1.remove(); h2.remove()
net(torch.randn(2, 3))
for c in calls:
    print(*c)
print(len(calls))
