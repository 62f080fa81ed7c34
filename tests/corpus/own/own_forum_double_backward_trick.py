import torch
from torch.autograd import Variable, grad
def jvp(y, x, d_x):
    v = Variable(torch.zeros_like(y.data), requires_grad=True)
    g = grad(y, x, v, create_graph=True)[0]
    return grad(g, v, d_x)[0]
x = Variable(torch.Tensor([1., 2., 3.]), requires_grad=True)
y = x.pow(2)
print(jvp(y, x, torch.ones(3)))
