import torch
z = torch.tensor([1 + 2j], requires_grad=True)
(z.abs() ** 2).sum().backward()
print(z.grad)
