import torch
x = torch.tensor([1., 2.])
n = x.numpy()
print(n * 2, n[0], n.mean())
