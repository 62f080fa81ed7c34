import torch, torch.nn as nn
class GradScale(nn.Module):
    def __init__(self, s): super().__init__(); self.s = s
    def forward(self, x):
        if x.requires_grad:
            x.register_hook(lambda g: g * self.s)
        return x
torch.manual_seed(1)
m = nn.Sequential(nn.Linear(3, 3), GradScale(0.1), nn.Linear(3, 1))
h = m[0].weight.register_hook(lambda g: print('grad norm %.4f' % g.norm().item()))
m(torch.ones(2, 3)).mean().backward()
h.remove()
m.zero_grad()
m(torch.ones(2, 3)).mean().backward()
print({k: v.grad.shape for k, v in m.named_parameters()})
