import torch
opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0)
s = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.9)
print(s.state_dict()["gamma"], s.get_lr())
