import torch
torch.manual_seed(0)
print(torch.pca_lowrank(torch.eye(3), q=1)[1])
