import torch
x = torch.ones(1, requires_grad=True)
h = x.register_hook(hook=print)
(x * 2).backward()
