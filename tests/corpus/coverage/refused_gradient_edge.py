import torch
y = (torch.ones(2, requires_grad=True) * 2).sum()
e = torch.autograd.graph.get_gradient_edge(y)
print(e.output_nr)
