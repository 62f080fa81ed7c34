import torch
x = torch.ones(2, 3)
print(torch.LongTensor(x.size()).shape)
