import torch
torch.manual_seed(0); torch.random.manual_seed(0)
print(torch.rand(1))
