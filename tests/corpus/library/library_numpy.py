import numpy as np
import torch
np.random.seed(0)
x = np.array([1., 2., 3.], dtype=np.float32)
print(x, x * 2, x + x, -x, x > 1, x.mean(), x.sum(axis=0), x.shape, x.dtype, x[1:], x.reshape(3, 1).shape)
print(np.arange(0, 1, 0.25), np.linspace(0, 1, 3), np.zeros((2, 2)), np.ones(2), np.eye(2), np.sin(np.pi / 2), np.exp(x))
print(np.random.rand(2), np.random.randn(2, 2), np.random.randint(0, 10, size=3), np.random.normal(0, 1, 2), np.random.permutation(4))
t = torch.from_numpy(x); x[0] = 9; print(t, torch.tensor(x), t.numpy() is x, type(x))
x += 1; print(t, x @ x, np.dot(x, x), np.concatenate([x, x]), np.stack([x, x]).T.shape)
w = torch.ones(3, requires_grad=True); y = (w * torch.from_numpy(x)).sum(); y.backward(); print(w.grad.numpy(), isinstance(x, np.ndarray))
print([float(v) for v in x], len(x), np.maximum(x, 4), x.astype(np.int64), np.where(x > 3, 1, 0), np.allclose(x, x), np.sqrt(x).round(2), x.argmax(), np.float32(3.5), x[np.array([0, 1])], x[x > 3])
for v in np.arange(3): print(v)
