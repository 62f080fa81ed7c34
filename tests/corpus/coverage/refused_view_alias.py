import torch
x = torch.zeros(4); y = x.view(2, 2); y[0, 0] = 1
print(x, x.data_ptr() == y.data_ptr(), y._base is x)
