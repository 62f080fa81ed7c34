import torch
print(list(reversed(torch.arange(3))))
print(reversed(torch.arange(3)))
