import torch
x = torch.ones(1, 1, 2, 2).to(memory_format=torch.channels_last)
print(x.is_contiguous(memory_format=torch.channels_last))
