import torch
from torch import nn
shapes = []
emb = nn.Embedding(2000, 64)
emb.register_forward_hook(lambda m, i, o: shapes.append(str(o.device)))
emb(torch.zeros(20, dtype=torch.long))
print(shapes)
