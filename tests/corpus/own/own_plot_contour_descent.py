import numpy as np
import torch
from matplotlib import pyplot as plt

f = lambda x, y: x**2 + 10*y**2
p = torch.tensor([3.0, 1.0], requires_grad=True)
path = [p.detach().clone()]
for _ in range(8):
    f(*p).backward()
    with torch.no_grad():
        p -= 0.05 * p.grad
    p.grad.zero_()
    path.append(p.detach().clone())
path = torch.stack(path)
xx, yy = np.meshgrid(np.linspace(-4, 4, 20), np.linspace(-2, 2, 20))
zz = f(xx, yy)
plt.contour(xx, yy, zz, levels=10)
plt.contourf(xx, yy, zz, 20, cmap='jet', alpha=0.5)
plt.colorbar()
plt.plot(path[:, 0], path[:, 1], "o-")
plt.xlim(-4, 4); plt.ylim(-2, 2)
plt.annotate("start", xy=(3, 1))
plt.subplot(1, 2, 2)
plt.axis("off")
plt.show()
print(path)
print(zz.shape, zz.min())
