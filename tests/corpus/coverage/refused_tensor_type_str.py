import torch
print(torch.ones(1).type("torch.DoubleTensor").dtype, torch.ones(1).type(torch.LongTensor).dtype)
