import torch
a, b = torch.ones(2), torch.ones(2)
d = {a: 1}
print(a in d, b in d, d[a])
print(b in d.keys())
