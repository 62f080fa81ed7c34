import torch
from torch.autograd.functional import jacobian, vjp, jvp


def polar(r_theta):
    r, theta = r_theta
    return torch.stack([r * torch.cos(theta), r * torch.sin(theta)])


x = torch.tensor([2.0, 0.5])
J = jacobian(polar, x)
print(J)
print("det = r:", torch.det(J))
out, g = vjp(polar, x, torch.tensor([1.0, 0.0]))
print(out, g)
out, t = jvp(polar, x, torch.tensor([0.0, 1.0]))
print(out, t)


def two(a, b):
    return a * b.sum(), a.pow(2)


Js = jacobian(two, (torch.arange(3.), torch.tensor([1., 2.])))
for i, row in enumerate(Js):
    for j, block in enumerate(row):
        print(i, j, block.shape, block.tolist())
J_vec = jacobian(polar, x, vectorize=True)
print(torch.equal(J, J_vec))
