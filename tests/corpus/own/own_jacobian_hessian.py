import torch
from torch.autograd.functional import jacobian, hessian, jvp, vjp, hvp, vhp
from torch.func import jacrev, jacfwd, vmap, grad

torch.manual_seed(0)
f = lambda x: x.pow(3).sum()
g = lambda x, y: torch.stack([x.prod(), (x * y).sum()])
x, y = torch.tensor([1., 2., 3.]), torch.tensor([.1, .2, .3])
print(jacobian(g, (x, y)))
print(hessian(f, x))
print(jvp(f, x, torch.ones(3)))
print(vjp(lambda t: t * 2, x, torch.ones(3)))
print(hvp(f, x, torch.ones(3)), vhp(f, x, torch.ones(3)))
print(jacrev(g, argnums=1)(x, y), jacfwd(g)(x, y))
print(torch.func.hessian(f)(x))
print(vmap(grad(f))(torch.stack([x, y])))
print(grad(lambda z: torch.sin(z))(torch.tensor(0.5)))
