import torch
a = torch.ones(1, requires_grad=True); b = torch.ones(1, requires_grad=True)
h = torch.autograd.graph.register_multi_grad_hook((a, b), lambda gs: print(len(gs)))
(a * b).sum().backward()
