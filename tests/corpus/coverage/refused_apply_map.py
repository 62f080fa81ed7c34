import torch
print(torch.tensor([1., 2.]).apply_(lambda v: v * 2))
