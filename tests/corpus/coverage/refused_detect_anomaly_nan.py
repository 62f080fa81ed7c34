import torch
torch.autograd.set_detect_anomaly(True)
x = torch.tensor(0., requires_grad=True)
y = (torch.sqrt(x) * 0).sum()
y.backward()
