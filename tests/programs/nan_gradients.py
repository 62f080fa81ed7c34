"""Where NaN comes from: sqrt at zero, log of zero, and the where trick that fails."""
import torch

x = torch.tensor([0.0, 4.0], requires_grad=True)
torch.sqrt(x).sum().backward()
print(x.grad)
x.grad = None
y = torch.where(x > 0, torch.sqrt(x), torch.zeros_like(x))
y.sum().backward()
print(x.grad)
x.grad = None
safe = torch.where(x > 0, x, torch.ones_like(x))
torch.where(x > 0, torch.sqrt(safe), torch.zeros_like(x)).sum().backward()
print(x.grad)
print(torch.log(torch.tensor(0.0)), torch.tensor(0.0) / 0, torch.isnan(x.grad).any())
z = torch.tensor(1e30, requires_grad=True)
(z * z).backward()
print(z.grad, (z * z).item())
