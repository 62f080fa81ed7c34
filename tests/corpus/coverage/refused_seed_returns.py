import torch
print(torch.initial_seed() >= 0, torch.seed() > 0, torch.random.manual_seed(0) is not None)
