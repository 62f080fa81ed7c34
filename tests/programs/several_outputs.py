"""autograd.backward and autograd.grad over several outputs at once."""
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y1 = (x ** 2).sum()
y2 = (x ** 3).sum()
torch.autograd.backward([y1, y2])
print(x.grad)
y1 = x ** 2
y2 = x ** 3
g = torch.autograd.grad([y1, y2], x, grad_outputs=[torch.ones(2), 10 * torch.ones(2)])
print(g)
y = x.prod()
y.backward(inputs=[x])
print(x.grad)
