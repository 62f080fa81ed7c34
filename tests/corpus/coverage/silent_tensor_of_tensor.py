import torch
x = torch.tensor([1., 2.], requires_grad=True)
y = torch.Tensor(x)
print(y.requires_grad, y.grad_fn)
