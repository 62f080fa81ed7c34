import torch
print(torch.special.expit(torch.zeros(1)))
