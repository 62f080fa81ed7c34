import torch
import numpy as np

rng = np.random.RandomState(0)
X = rng.randn(50, 3)
true_w = np.array([1.5, -2.0, 0.7])
y = X @ true_w + 0.3 + rng.randn(50) * 0.05
Xb = np.c_[X, np.ones(len(X))]
w_closed, residuals, rank, sv = np.linalg.lstsq(Xb, y, rcond=None)
print("closed form:", np.round(w_closed, 3), rank)
w_normal = np.linalg.inv(Xb.T @ Xb) @ Xb.T @ y
print(np.allclose(w_closed, w_normal))
Xt, yt = torch.tensor(Xb), torch.tensor(y)
w = torch.zeros(4, dtype=torch.float64, requires_grad=True)
for i in range(200):
    mse = torch.mean((Xt.mv(w) - yt) ** 2)
    mse.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
print("gradient descent:", w.detach().numpy().round(3))
print("difference", np.abs(w.detach().numpy() - w_closed).max() < 1e-3)
ss_res = ((Xt @ w - yt) ** 2).sum()
ss_tot = ((yt - yt.mean()) ** 2).sum()
print(f"R^2 = {1 - ss_res / ss_tot:.4f}")
print(torch.linalg.lstsq(Xt, yt.unsqueeze(1)).solution.squeeze().numpy().round(3))
