import torch
import numpy as np
a = np.array([1., 2.], dtype=np.float32)
t = torch.from_numpy(a)
print(t)
