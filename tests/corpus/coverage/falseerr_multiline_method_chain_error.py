import torch
x = (torch.ones(2, 3)
     .reshape(3, 2)
     .mm(torch.ones(3, 2))
     .sum())
