import torch
with torch.autograd.detect_anomaly():
    x = torch.ones(1, requires_grad=True)
    (x * 2).backward()
print(x.grad)
