import torch
x = torch.ones(1, dtype=torch.int64)
print(x.type(torch.FloatTensor), x.type(torch.float32), x.type())
