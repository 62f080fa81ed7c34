import torch
print("backward" in dir(torch.Tensor))
