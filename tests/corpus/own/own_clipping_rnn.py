import torch
import torch.nn as nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

torch.manual_seed(1)
rnn = nn.RNN(input_size=2, hidden_size=6, num_layers=1, nonlinearity='relu', batch_first=True)
with torch.no_grad():
    rnn.weight_hh_l0.mul_(3.0)
x = torch.randn(3, 25, 2)
out, hn = rnn(x)
print(out.shape, hn.shape)
loss = out[:, -1].pow(2).mean()
loss.backward()
total = torch.sqrt(sum(p.grad.pow(2).sum() for p in rnn.parameters()))
reported = clip_grad_norm_(rnn.parameters(), max_norm=1.0)
print("exploded:", total.item() > 1e3, torch.isclose(total, reported).item())
after = torch.norm(torch.stack([torch.norm(p.grad, 2) for p in rnn.parameters()]), 2)
print(f"{after:.4f}")
clip_grad_value_(rnn.parameters(), 0.1)
print(max(p.grad.abs().max().item() for p in rnn.parameters()))
try:
    p = nn.Parameter(torch.zeros(1))
    p.grad = torch.tensor([float('inf')])
    clip_grad_norm_([p], 1.0, error_if_nonfinite=True)
except RuntimeError as e:
    print('RuntimeError:', e)
