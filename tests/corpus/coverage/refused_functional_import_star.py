import torch
from torch.nn.functional import *
print(relu(torch.tensor([-1.])))
