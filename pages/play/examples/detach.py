import torch

a = torch.tensor([1.0, 2.0], requires_grad=True)
b = a**2
c = b.detach()
loss = (b * c).sum()
loss.backward()

print(c.requires_grad, c.grad_fn)
print(a.grad)
print(2 * a.detach() ** 3, 4 * a.detach() ** 3)
