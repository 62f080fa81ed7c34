import torch
def softmax_jac(z):
    s = torch.softmax(z, 0)
    return torch.diag(s) - torch.outer(s, s)
z = torch.tensor([1.0, 2.0, 0.5], dtype=torch.double)
J = torch.autograd.functional.jacobian(lambda t: t.softmax(0), z)
print(torch.allclose(J, softmax_jac(z)), J.sum(1))
print(torch.autograd.gradcheck(lambda t: torch.softmax(t, 0), (z.clone().requires_grad_(),)))
eps = 1e-6
num = torch.stack([(torch.softmax(z + eps * e, 0) - torch.softmax(z - eps * e, 0)) / (2 * eps) for e in torch.eye(3, dtype=torch.double)], dim=1)
print((num - J).abs().max() < 1e-8)
