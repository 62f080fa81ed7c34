import torch
print(torch.Tensor(torch.tensor([1, 2])))
