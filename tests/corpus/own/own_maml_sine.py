import copy
import torch
from torch import nn
from torch.func import functional_call

torch.manual_seed(0)


def sine_task(amplitude, phase, n=5):
    x = torch.rand(n, 1) * 10 - 5
    return x, amplitude * torch.sin(x + phase)


model = nn.Sequential(nn.Linear(1, 10), nn.Tanh(), nn.Linear(10, 1))
meta_opt = torch.optim.SGD(model.parameters(), lr=1e-2, momentum=0.9)
loss_fn = nn.MSELoss()

for it in range(2):
    meta_loss = 0.0
    for task in range(2):
        amp, ph = torch.rand(1).item() * 5, torch.rand(1).item() * 3.14
        x_s, y_s = sine_task(amp, ph)
        x_q, y_q = sine_task(amp, ph)
        fast = {name: p for name, p in model.named_parameters()}
        for _ in range(2):
            inner = loss_fn(functional_call(model, fast, (x_s,)), y_s)
            grads = torch.autograd.grad(inner, tuple(fast.values()), create_graph=True)
            fast = {name: p - 0.01 * g for (name, p), g in zip(fast.items(), grads)}
        meta_loss = meta_loss + loss_fn(functional_call(model, fast, (x_q,)), y_q)
    meta_opt.zero_grad()
    meta_loss.backward()
    meta_opt.step()
    print(it, f"{meta_loss.item():.5f}")
