import numpy as np
import torch

N, D_in, H, D_out = 16, 20, 10, 3
np.random.seed(0)
x = np.random.randn(N, D_in)
y = np.random.randn(N, D_out)
w1 = np.random.randn(D_in, H)
w2 = np.random.randn(H, D_out)
tw1 = torch.tensor(w1, requires_grad=True)
tw2 = torch.tensor(w2, requires_grad=True)
tx, ty = map(torch.from_numpy, (x, y))
learning_rate = 1e-4
for t in range(50):
    h = x.dot(w1)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu.dot(w2)
    loss = np.square(y_pred - y).sum()
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T.dot(grad_h)
    w1 -= learning_rate * grad_w1
    w2 -= learning_rate * grad_w2
    tl = (tx.mm(tw1).clamp(min=0).mm(tw2) - ty).pow(2).sum()
    tl.backward()
    if t % 10 == 9:
        print(t, loss, tl.item(), np.allclose(grad_w1, tw1.grad.numpy()))
    with torch.no_grad():
        tw1 -= learning_rate * tw1.grad
        tw2 -= learning_rate * tw2.grad
        tw1.grad.zero_()
        tw2.grad.zero_()
