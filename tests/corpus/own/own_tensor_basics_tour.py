import torch
torch.manual_seed(0)
x = torch.arange(12)
print(x.reshape(3, 4), x.numel(), x.shape)
print(torch.tensor([[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]))
a = torch.arange(3).reshape((3, 1)); b = torch.arange(2).reshape((1, 2))
print(a + b, x[-1], x[1:3])
X = torch.arange(12, dtype=torch.float32).reshape((3, 4)); Y = torch.tensor([[2.0, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]])
print(torch.cat((X, Y), dim=0), torch.cat((X, Y), dim=1), X == Y)
before = id(Y); Y = Y + X; print(id(Y) == before)
before = id(X); X += Y; print(id(X) == before)
A = X.numpy(); B = torch.tensor(A); print(type(A), type(B))
v = torch.tensor([3.5]); print(v, v.item(), float(v), int(v))
x = torch.arange(4.0, requires_grad=True)
y = 2 * torch.dot(x, x); print(y); y.backward(); print(x.grad, x.grad == 4 * x)
x.grad.zero_(); y = x * x; y.backward(gradient=torch.ones(len(y))); print(x.grad)
x.grad.zero_(); y = x * x; u = y.detach(); z = u * x; z.sum().backward(); print(x.grad == u)


def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c


a = torch.randn(size=(), requires_grad=True); d = f(a); d.backward(); print(a.grad == d / a)
print(torch.where(X > 30, X, torch.zeros_like(X)), X.T.shape, X.sum(axis=0), X.mean(axis=1, keepdims=True), X.cumsum(axis=0))
print(torch.empty(2, 3).fill_(7), torch.full((2,), 3.14), torch.eye(2), torch.zeros_like(a), torch.linspace(0, 1, 3), torch.logspace(0, 2, 3))
m, i = torch.max(X, dim=1); print(m, i, X.argmax(), X.flatten()[X.argmax()], X.topk(2).indices, X.sort(descending=True)[0][0])
print(x.is_leaf, y.is_leaf, y.grad_fn, y.requires_grad, torch.is_tensor(x), x.ndim, x.dim(), x.size(0), x.stride(), x.element_size(), x.is_contiguous())
print(X.split(2, dim=1)[0].shape, [c.shape for c in X.chunk(3)], torch.stack([x, x]).shape, X.unsqueeze(0).squeeze().shape, X.permute(1, 0).shape, X[..., None].shape, X[X > 50], X[[0, 2]][:, [1, 3]])
