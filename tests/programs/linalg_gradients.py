"""Gradients through inverse, determinant, solve and norms."""
import torch

A = torch.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=torch.float64, requires_grad=True)
torch.det(A).backward()
print(A.grad)
A.grad = None
torch.linalg.inv(A).trace().backward()
print(A.grad)
A.grad = None
b = torch.tensor([1.0, 2.0], dtype=torch.float64)
torch.linalg.solve(A, b).sum().backward()
print(A.grad)
L = torch.linalg.cholesky(A)
print(L, torch.linalg.norm(A), A.norm(), torch.linalg.eigvalsh(A))
u, s, vh = torch.linalg.svd(A)
print(s, torch.logdet(A))
