import torch
print(torch.Tensor.add(torch.ones(1), 1))
