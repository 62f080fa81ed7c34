import torch
from torch import nn
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_parameter(name="w", param=nn.Parameter(torch.ones(1)))
        self.register_buffer(name="b", tensor=torch.zeros(1))
        self.add_module(name="l", module=nn.Linear(1, 1))
print([n for n, _ in M().named_parameters()])
