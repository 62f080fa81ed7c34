import torch
print(torch.version.__version__[:1])
