import torch
act = getattr(torch, "relu")
print(act(torch.tensor([-1.0])))
