"""A penalty on the norm of a gradient: double backward in a training loop."""
import torch
import torch.nn as nn
from torch.autograd import grad

torch.manual_seed(9)
critic = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(critic.parameters(), lr=1e-2, betas=(0.5, 0.9))
for it in range(5):
    real = torch.randn(4, 2)
    real.requires_grad_(True)
    out = critic(real)
    g = grad(outputs=out, inputs=real, grad_outputs=torch.ones_like(out),
             create_graph=True, retain_graph=True)[0]
    penalty = ((g.norm(2, dim=1) - 1) ** 2).mean()
    loss = -out.mean() + 10 * penalty
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(it, round(loss.item(), 5), round(penalty.item(), 5))
