import torch
print(torch.linalg.eig(torch.eye(2)).eigenvalues)
