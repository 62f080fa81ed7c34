import torch
torch.set_default_device("cpu")
print(torch.ones(1).device)
