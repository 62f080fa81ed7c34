import torch
torch.ones(2, requires_gard=True)
