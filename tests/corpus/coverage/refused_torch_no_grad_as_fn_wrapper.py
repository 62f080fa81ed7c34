import torch
f = torch.no_grad()(lambda x: x * 2)
print(f(torch.ones(1, requires_grad=True)).requires_grad)
