import torch
print(torch.device(type="cpu"), torch.device("cpu", 0))
