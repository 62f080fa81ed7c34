import torch
from torch import nn
total = torch.zeros(1)
def track(module, inputs, output):
    global total
    total = total + output.detach().cpu().mean()
c = nn.Conv2d(1, 1, 1)
c.register_forward_hook(track)
c(torch.ones(1, 1, 2, 2))
print(total.device)
