import torch
from torch.func import *
f = lambda x: (x**3).sum()
x = torch.tensor([1.,2.])
print(jacrev(torch.sin)(x), jacfwd(lambda v: v*2)(x), hessian(f)(x), vmap(f)(torch.ones(3,2)), vmap(torch.dot)(torch.ones(2,3), torch.ones(2,3)))
m = torch.nn.Linear(2,1)
p = {k: torch.ones_like(v) for k,v in m.named_parameters()}
print(functional_call(m, p, (x,)), vmap(grad(f))(torch.ones(3,2)), grad(lambda q: functional_call(m, q, (x,)).sum())(p))
print(vmap(jacrev(torch.sin))(torch.ones(2,2)).shape)