import numpy as np
import torch
print(torch.ones(1))
