import torch, math, copy, random, itertools, functools, os
import numpy as np
import torch.nn.functional as F
for f in (torch.nn.init.trunc_normal_, F.one_hot, torch.save, torch.manual_seed, torch.autograd.grad, torch.func.vmap, torch.func.grad, torch.autograd.functional.jacobian, np.arange, np.einsum, copy.deepcopy, functools.reduce, F.cross_entropy, torch.relu, torch.stack, torch.utils.checkpoint.checkpoint):
    print(f.__name__, str(f)[:34])
print(len, print, getattr, sorted, torch.tensor, torch.device, type, super)
print(len.__name__, max.__name__, torch.optim.Adam, torch.optim.Adam.__name__, np.sum.__name__, torch.no_grad)
print([f.__name__ for f in (F.mse_loss, F.l1_loss, F.softmax, torch.nn.CrossEntropyLoss, os.path.join, math.sqrt, random.random)])
print(F.relu, torch.sin, torch.Tensor.backward, torch.Tensor.add, str.upper, dict.get, torch.randn)
