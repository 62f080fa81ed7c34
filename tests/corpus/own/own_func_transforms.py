import torch
from torch.func import grad, vmap, jacrev, jacfwd, hessian, functional_call, vjp, jvp

torch.manual_seed(0)
f = lambda x: torch.sin(x) ** 2
print([round(d(torch.tensor(1.0)).item(), 4) for d in (grad(f), grad(grad(f)), grad(grad(grad(f))))])
model = torch.nn.Linear(3, 1)
params = dict(model.named_parameters())
x, y = torch.randn(5, 3), torch.randn(5, 1)


def compute_loss(params, sample, target):
    pred = functional_call(model, params, (sample.unsqueeze(0),))
    return torch.nn.functional.mse_loss(pred, target.unsqueeze(0))


per_sample = vmap(grad(compute_loss), in_dims=(None, 0, 0))(params, x, y)
print({k: tuple(v.shape) for k, v in per_sample.items()})
manual = []
for i in range(5):
    model.zero_grad()
    torch.nn.functional.mse_loss(model(x[i:i + 1]), y[i:i + 1]).backward()
    manual.append(model.weight.grad.clone())
print(torch.allclose(per_sample["weight"], torch.stack(manual), atol=1e-6))
g = lambda x: (x ** 3).sum() + x[0] * x[1]
x0 = torch.tensor([1., 2., 3.])
print(hessian(g)(x0))
print(jacrev(lambda x: x.sin())(x0).diagonal(), torch.allclose(jacrev(torch.sin)(x0), jacfwd(torch.sin)(x0)))
out, pull = vjp(torch.sin, x0)
print(pull(torch.ones(3))[0])
print(jvp(torch.sin, (x0,), (torch.ones(3),))[1])
print(vmap(torch.dot)(x, x), vmap(lambda a, b: a @ b, in_dims=(0, None))(x, torch.ones(3)))
