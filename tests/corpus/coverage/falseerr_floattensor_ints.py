import torch
print(torch.FloatTensor([1, 2]), torch.Tensor([True, False]), torch.Tensor(), torch.Tensor([]))
