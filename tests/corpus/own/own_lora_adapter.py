import math
import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, r: int = 2, alpha: float = 4.0):
        super().__init__()
        self.base = base
        self.base.requires_grad_(False)
        self.A = nn.Parameter(torch.empty(r, base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, r))
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5))
        self.scaling = alpha / r

    def forward(self, x):
        return self.base(x) + (x @ self.A.T @ self.B.T) * self.scaling

    @torch.no_grad()
    def merge(self):
        self.base.weight += self.scaling * self.B @ self.A
        return self.base


def inject(model, r=2):
    for name, child in model.named_children():
        if isinstance(child, nn.Linear):
            setattr(model, name, LoRALinear(child, r))
        else:
            inject(child, r)
    return model


torch.manual_seed(0)
model = inject(nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Sequential(nn.Linear(4, 2))))
trainable = {n: p.shape for n, p in model.named_parameters() if p.requires_grad}
print(trainable)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=0.1)
x, y = torch.randn(6, 3), torch.randint(0, 2, (6,))
for _ in range(2):
    loss = nn.functional.cross_entropy(model(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
print(loss, model[0].B.grad.norm() > 0, model[0].base.weight.grad)
before = model[0](x)
merged = model[0].merge()
print(torch.allclose(before, merged(x), atol=1e-5))
sd = {k: v for k, v in model.state_dict().items() if "A" in k.split(".")[-1]}
print(model.load_state_dict(sd, strict=False).unexpected_keys)
