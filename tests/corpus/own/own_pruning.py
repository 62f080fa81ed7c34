import torch
from torch import nn
import torch.nn.utils.prune as prune

torch.manual_seed(0)
module = nn.Linear(4, 3)
print(list(module.named_parameters())[0][0])
prune.random_unstructured(module, name="weight", amount=0.3)
print([n for n, _ in module.named_parameters()], [n for n, _ in module.named_buffers()])
print((module.weight == 0).sum().item())
prune.l1_unstructured(module, name="bias", amount=1)
print(module.bias, prune.is_pruned(module))
module(torch.ones(1, 4)).sum().backward()
print(module.weight_orig.grad)
prune.remove(module, 'weight')
print([n for n, _ in module.named_parameters()])
prune.ln_structured(module, name="weight", amount=0.5, n=2, dim=0)
print(module.weight_mask)
