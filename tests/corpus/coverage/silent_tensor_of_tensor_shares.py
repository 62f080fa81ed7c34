import torch
x = torch.tensor([1., 2.])
y = torch.Tensor(x)
y[0] = 9
print(x)
