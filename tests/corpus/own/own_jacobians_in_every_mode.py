import torch
import torch.nn.functional as F
from functools import partial
from torch.func import vmap, vjp, jvp, jacrev, jacfwd, hessian
_ = torch.manual_seed(0)

def predict(weight, bias, x):
    return F.linear(x, weight, bias).tanh()

D = 4
weight = torch.randn(D, D)
bias = torch.randn(D)
x = torch.randn(D)  # feature vector

def compute_jac(xp):
    jacobian_rows = [torch.autograd.grad(predict(weight, bias, xp), xp, vec)[0]
                     for vec in unit_vectors]
    return torch.stack(jacobian_rows)

xp = x.clone().requires_grad_()
unit_vectors = torch.eye(D)
jacobian = compute_jac(xp)
print(jacobian.shape)
print(jacobian[0])

_, vjp_fn = vjp(partial(predict, weight, bias), x)
ft_jacobian, = vmap(vjp_fn)(unit_vectors)
assert torch.allclose(ft_jacobian, jacobian)

ft_jacobian = jacrev(predict, argnums=2)(weight, bias, x)
assert torch.allclose(ft_jacobian, jacobian)
print(jacfwd(predict, argnums=(0, 1))(weight, bias, x)[0].shape)

hess_api = hessian(predict, argnums=2)(weight, bias, x)
hess_fwdrev = jacfwd(jacrev(predict, argnums=2), argnums=2)(weight, bias, x)
print(hess_api.shape, torch.allclose(hess_api, hess_fwdrev))

def hvp(f, primals, tangents):
    return jvp(torch.func.grad(f), primals, tangents)[1]
def f(x):
    return x.sin().sum()
tangent = torch.randn(D)
result = hvp(f, (x,), (tangent,))
print(result, torch.allclose(result, hessian(f)(x) @ tangent))

batch_size = 3
xb = torch.randn(batch_size, D)
compute_batch_jacobian = vmap(jacrev(predict, argnums=2), in_dims=(None, None, 0))
batch_jacobian0 = compute_batch_jacobian(weight, bias, xb)
def predict_with_output_summed(weight, bias, x):
    return predict(weight, bias, x).sum(0)
batch_jacobian1 = jacrev(predict_with_output_summed, argnums=2)(weight, bias, xb).movedim(1, 0)
print(torch.allclose(batch_jacobian0, batch_jacobian1))

dual = torch.autograd.functional.jacobian(lambda a: predict(weight, a, x), bias, vectorize=True, strategy="forward-mode")
print(dual)
H = torch.autograd.functional.hessian(lambda a: predict(weight, a, x).pow(2).sum(), bias, vectorize=True, outer_jacobian_strategy="forward-mode")
print(H.diagonal())
J = torch.autograd.functional.jacobian(lambda a, b: (a * b, a + b), (torch.ones(2), torch.full((2,), 3.)), create_graph=True)
print(J)
