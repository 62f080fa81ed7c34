import torch
print(torch.repeat_interleave(input=torch.tensor([1, 2]), repeats=2))
