import torch
import torch.nn.functional as F
from collections import OrderedDict

torch.manual_seed(0)


def forward(x, params):
    x = F.linear(x, params['w1'], params['b1'])
    x = F.relu(x)
    return F.linear(x, params['w2'], params['b2'])


meta = OrderedDict([
    ('w1', torch.empty(20, 1).uniform_(-1, 1)),
    ('b1', torch.zeros(20)),
    ('w2', torch.empty(1, 20).uniform_(-0.3, 0.3)),
    ('b2', torch.zeros(1)),
])
for v in meta.values():
    v.requires_grad_()
meta_opt = torch.optim.Adam(meta.values(), lr=1e-3)


def sample_task():
    A = torch.rand(1).item() * 4.9 + 0.1
    phase = torch.rand(1).item() * 3.14

    def sample(k):
        x = torch.rand(k, 1) * 10 - 5
        return x, A * torch.sin(x - phase)
    return sample


for it in range(6):
    meta_loss = 0.
    for task in range(3):
        f = sample_task()
        xs, ys = f(10)
        xq, yq = f(10)
        fast = meta
        for inner in range(2):
            loss = F.mse_loss(forward(xs, fast), ys)
            grads = torch.autograd.grad(loss, fast.values(), create_graph=True)
            fast = OrderedDict((name, p - 0.01 * g) for (name, p), g in zip(fast.items(), grads))
        meta_loss += F.mse_loss(forward(xq, fast), yq)
    meta_loss /= 3
    meta_opt.zero_grad()
    meta_loss.backward()
    meta_opt.step()
    print(it, f"{meta_loss.item():.4f}", {k: round(float(v.grad.norm()), 3) for k, v in meta.items()})
