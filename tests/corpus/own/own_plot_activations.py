import numpy as np
import torch
import torch.nn.functional as F
import matplotlib.pyplot as plt

x = torch.linspace(-5, 5, 50, requires_grad=True)
acts = {"relu": F.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "softplus": F.softplus}
fig, axes = plt.subplots(2, 2, figsize=(8, 6), sharex=True)
for ax, (name, f) in zip(axes.flatten(), acts.items()):
    y = f(x)
    if x.grad is not None:
        x.grad.data.zero_()
    y.backward(torch.ones_like(x))
    ax.plot(x.detach().numpy(), y.detach().numpy(), label=name)
    ax.plot(x.detach().numpy(), x.grad.numpy(), label=f"d{name}")
    ax.set_title(name)
    ax.set_ylim(-1, 2)
    ax.legend()
    print(name, x.grad.max().item())
axes[0, 0].axhline(0, color='gray')
fig.suptitle("activations")
fig.tight_layout()
plt.show()
fig, ax = plt.subplots()
ax.bar(["a", "b"], [1, 2])
im = ax.imshow(np.eye(3), cmap="viridis")
fig.colorbar(im)
plt.hist(torch.randn(100).numpy(), bins=10)
plt.close()
