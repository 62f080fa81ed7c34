"""Weights saved from a wrapped model, sizes of objects, and a tensor as large as a tutorial's."""

import sys

import torch
from torch import nn

wrapped = nn.DataParallel(nn.Linear(2, 3))
state = wrapped.state_dict()
nn.modules.utils.consume_prefix_in_state_dict_if_present(state, "module.")
print(list(state), nn.Linear(2, 3).load_state_dict(state))
print(sys.getsizeof(torch.ones(1000)) == sys.getsizeof(torch.ones(1)))
data = torch.zeros(100, 64, 1, 28, 28)
print(data[:10].shape, data.numel(), torch.compiled_with_cxx11_abi())
