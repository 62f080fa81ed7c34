import torch
a, b = torch.tensor(1.0), torch.tensor(1.0)
print(a in {a}, b in {a})
