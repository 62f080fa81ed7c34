import torch
m = torch.nn.Linear(1, 1)
opt = torch.optim.SGD(params=m.parameters(), lr=0.1)
print(opt.param_groups[0]["lr"])
