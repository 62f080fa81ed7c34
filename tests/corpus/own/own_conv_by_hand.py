import torch
import torch.nn.functional as F

torch.manual_seed(0)


def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y


X = torch.ones((6, 8))
X[:, 2:6] = 0
K = torch.tensor([[1.0, -1.0]])
Y = corr2d(X, K)
print(Y)
conv2d = torch.nn.Conv2d(1, 1, kernel_size=(1, 2), bias=False)
Xb, Yb = X.reshape((1, 1, 6, 8)), Y.reshape((1, 1, 6, 7))
lr = 3e-2
for i in range(10):
    Y_hat = conv2d(Xb)
    l = (Y_hat - Yb) ** 2
    conv2d.zero_grad()
    l.sum().backward()
    conv2d.weight.data[:] -= lr * conv2d.weight.grad
    if (i + 1) % 5 == 0:
        print(f'epoch {i + 1}, loss {l.sum():.3f}')
print(conv2d.weight.data.reshape((1, 2)))
x = torch.randn(1, 2, 5, 5, requires_grad=True)
w = torch.randn(3, 2, 3, 3, requires_grad=True)
out = F.conv2d(x, w, padding=1, stride=2)
cols = F.unfold(x, 3, padding=1, stride=2)
out2 = (w.view(3, -1) @ cols).view(1, 3, 3, 3)
print(torch.allclose(out, out2, atol=1e-5))
out.sum().backward()
gx = torch.nn.grad.conv2d_input(x.shape, w, torch.ones_like(out), stride=2, padding=1)
print(torch.allclose(gx, x.grad, atol=1e-5))
up = F.conv_transpose2d(torch.ones_like(out), w, stride=2, padding=1)
print(torch.allclose(up, x.grad, atol=1e-5), F.avg_pool2d(x, 2).shape, F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False).shape)
