import torch
print(torch.zeros(1024, 1024).shape)
