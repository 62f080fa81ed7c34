import numpy as np
import torch
import matplotlib.pyplot as plt

f = lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2
xs = np.linspace(-2, 4, 50)
ys = np.linspace(-2, 2, 50)
X, Y = np.meshgrid(xs, ys)
Z = f(X, Y)
print(Z.shape, np.unravel_index(Z.argmin(), Z.shape), f"{Z.min():.4f}")
paths = {}
for lr, mom in [(0.005, 0.0), (0.005, 0.9)]:
    p = torch.tensor([1.0, 1.5], requires_grad=True)
    v = torch.zeros(2)
    path = []
    for _ in range(60):
        path.append(p.detach().numpy().copy())
        loss = f(p[0], p[1])
        g, = torch.autograd.grad(loss, p)
        v = mom * v - lr * g
        p = (p + v).detach().requires_grad_()
    paths[mom] = np.array(path)
    print(f"momentum {mom}: end {path[-1].round(3)} loss {loss.item():.5f}")
fig, ax = plt.subplots(figsize=(6, 4))
cs = ax.contour(X, Y, Z, levels=np.logspace(-1, 3, 10), cmap="viridis")
for m, path in paths.items():
    ax.plot(path[:, 0], path[:, 1], ".-", label=f"momentum={m}")
ax.legend(loc="upper left")
ax.set(xlabel="x", ylabel="y", title="Beale")
plt.show()
gy, gx = np.gradient(Z, ys, xs)
t = torch.tensor([xs[10], ys[20]], requires_grad=True)
f(t[0], t[1]).backward()
print(np.abs(np.array([gx[20, 10], gy[20, 10]]) - t.grad.numpy()).max() < 2)
