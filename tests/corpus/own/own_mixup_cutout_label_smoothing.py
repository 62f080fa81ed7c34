import torch, torch.nn.functional as F, numpy as np
torch.manual_seed(0); np.random.seed(0)
def mixup_data(x, y, alpha=1.0):
    lam = np.random.beta(alpha, alpha) if alpha > 0 else 1
    index = torch.randperm(x.size(0))
    return lam * x + (1 - lam) * x[index, :], y, y[index], lam
def cutout(img, size=2):
    h, w = img.shape[-2:]
    cy, cx = np.random.randint(h), np.random.randint(w)
    mask = torch.ones_like(img)
    mask[..., max(0, cy - size):min(h, cy + size), max(0, cx - size):min(w, cx + size)] = 0.
    return img * mask
x, y = torch.randn(4, 1, 6, 6), torch.tensor([0, 1, 2, 0])
lin = torch.nn.Linear(36, 3)
mx, ya, yb, lam = mixup_data(cutout(x), y)
out = lin(mx.flatten(1))
loss = lam * F.cross_entropy(out, ya, label_smoothing=.1) + (1 - lam) * F.cross_entropy(out, yb)
loss.backward()
print(f'{lam:.4f} {loss.item():.4f}', lin.weight.grad.norm())
