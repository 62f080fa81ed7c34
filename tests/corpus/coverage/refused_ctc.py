import torch
print(torch.nn.CTCLoss())
