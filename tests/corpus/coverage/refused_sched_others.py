import torch
L = torch.optim.lr_scheduler
opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0)
for s in (L.LinearLR(opt), L.ConstantLR(opt), L.CosineAnnealingWarmRestarts(opt, 5), L.PolynomialLR(opt), L.MultiplicativeLR(opt, lambda e: 0.9), L.CyclicLR(opt, 0.1, 1.0)):
    print(type(s).__name__)
