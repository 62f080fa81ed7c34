import torch
from torch.autograd import grad

torch.manual_seed(0)


def hvp(f, x, v):
    y = f(x)
    g, = grad(y, x, create_graph=True)
    return grad((g * v).sum(), x)[0]


A = torch.tensor([[4., 1., 0.], [1., 3., 1.], [0., 1., 2.]])
f = lambda x: 0.5 * x @ A @ x + torch.sum(x**4) / 12
x = torch.tensor([0.1, -0.2, 0.3], requires_grad=True)
v = torch.randn(3)
v /= v.norm()
for it in range(50):
    hv = hvp(f, x, v)
    lam = v @ hv
    v_new = hv / hv.norm()
    if (v_new - v).norm() < 1e-6:
        print("converged after", it < 50)
        break
    v = v_new
H = torch.autograd.functional.hessian(f, x.detach())
evals = torch.linalg.eigvalsh(H)
print("largest eigenvalue:", round(lam.item(), 3), round(evals.max().item(), 3))
print(H)
_, hv2 = torch.autograd.functional.hvp(f, x.detach(), torch.ones(3))
print(hv2, H.sum(1))
