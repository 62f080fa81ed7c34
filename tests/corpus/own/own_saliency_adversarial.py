import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(4)
model = nn.Sequential(nn.Flatten(), nn.Linear(16, 12), nn.ReLU(), nn.Linear(12, 3))
model.eval()
for p in model.parameters():
    p.requires_grad = False
x = torch.rand(2, 1, 4, 4)
y = model(x).argmax(dim=1)


def fgsm(model, x, y, eps):
    x_adv = x.clone().detach().requires_grad_(True)
    loss = F.cross_entropy(model(x_adv), y)
    loss.backward()
    with torch.no_grad():
        return (x_adv + eps * x_adv.grad.sign()).clamp(0, 1)


def pgd(model, x, y, eps=0.3, alpha=0.1, iters=10):
    delta = torch.zeros_like(x, requires_grad=True)
    for _ in range(iters):
        loss = F.cross_entropy(model(x + delta), y)
        loss.backward()
        delta.data = (delta + alpha * delta.grad.detach().sign()).clamp(-eps, eps)
        delta.data = (x + delta.data).clamp(0, 1) - x
        delta.grad.zero_()
    return (x + delta).detach()


for eps in [0, 0.05, 0.2, 0.5]:
    adv = fgsm(model, x, y, eps)
    print(f"eps={eps:<5} changed={(model(adv).argmax(1) != y).sum().item()} linf={(adv - x).abs().max():.3f}")
adv = pgd(model, x, y)
print((adv - x).abs().max() <= 0.3 + 1e-6, model(adv).argmax(1).tolist(), y.tolist())
x.requires_grad_()
scores = model(x)
scores.gather(1, y.view(-1, 1)).squeeze().sum().backward()
sal, _ = x.grad.abs().max(dim=1)
print(sal.shape, sal[0].argmax().item(), torch.unravel_index(sal[0].argmax(), sal[0].shape))
