import torch
class BN:
    def __init__(self, d): self.gamma = torch.ones(d); self.training = True
    def __call__(self, x):
        if self.training: m = x.mean(0, keepdim=True)
        self.out = self.gamma * (x - m); return self.out
b = BN(2); b(torch.ones(3, 2)); print(b.out.shape, [l.__class__.__name__ for l in [b]])
