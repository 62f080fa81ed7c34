import torch
from torch.func import linearize, jacrev, grad_and_value, vmap, functionalize
torch.manual_seed(0)
def fn(x):
    return x.sin()
primals = torch.randn(3, 3)
output, jvp_fn = linearize(fn, primals)
print(torch.allclose(output, primals.sin()))
for _ in range(2):
    t = torch.ones(3, 3)
    print(jvp_fn(t))
g, v = grad_and_value(lambda x: (x ** 2).sum())(torch.tensor([1., 2.]))
print(g, v)
def loss(w, b, x): return ((x @ w + b) ** 2).mean(), x.sum()
(gw, gb), (l, aux) = grad_and_value(loss, argnums=(0, 1), has_aux=True)(torch.ones(2), torch.zeros(()), torch.eye(2))
print(gw, gb, l, aux)
print(vmap(lambda x, y: x + y, in_dims=(0, 1), out_dims=1)(torch.ones(2, 3), torch.arange(6.).reshape(3, 2)))
print(vmap(torch.randn_like, randomness='different')(torch.zeros(2, 3)).shape)
print(vmap(vmap(torch.dot))(torch.ones(2, 3, 4), torch.ones(2, 3, 4)))
def f(x):
    y = x.clone(); y[0] = 2.0
    return y.sum()
print(functionalize(f)(torch.ones(3)))
print(vmap(lambda d: d['a'] * d['b'], in_dims=({'a': 0, 'b': None},))({'a': torch.arange(3.), 'b': torch.tensor(2.)}))
print(vmap(lambda x: x.sum(), chunk_size=2)(torch.ones(5, 2)))
