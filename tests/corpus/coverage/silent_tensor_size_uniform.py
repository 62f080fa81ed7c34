import torch
x = torch.ones(2, 2)
mask = (torch.Tensor(x.shape).uniform_(0, 1) > 0.5).float()
print((mask * x).shape, mask.shape)
