import torch
import torch.nn as nn
import torch.nn.functional as F


class MoE(nn.Module):
    def __init__(self, d, n_experts=4, k=2):
        super().__init__()
        self.k = k
        self.gate = nn.Linear(d, n_experts, bias=False)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(d, d * 2), nn.GELU(), nn.Linear(d * 2, d)) for _ in range(n_experts)])

    def forward(self, x):
        logits = self.gate(x)
        weights, idx = torch.topk(logits, self.k)
        weights = F.softmax(weights, dim=-1, dtype=torch.float).to(x.dtype)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            token, nth = torch.where(idx == i)
            if token.numel() == 0:
                continue
            out[token] += weights[token, nth, None] * expert(x[token])
        aux = (logits.softmax(-1).mean(0) * F.one_hot(idx[:, 0], len(self.experts)).float().mean(0)).sum() * len(self.experts)
        return out, aux


torch.manual_seed(0)
moe = MoE(4)
x = torch.randn(6, 4)
y, aux = moe(x)
(y.pow(2).mean() + 0.01 * aux).backward()
print(y.shape, aux.item(), [e[0].weight.grad is not None for e in moe.experts])


class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def _norm(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps)

    def forward(self, x):
        return self._norm(x.float()).type_as(x) * self.weight


def apply_rope(x):
    *_, T, D = x.shape
    freqs = 1.0 / (10000.0 ** (torch.arange(0, D, 2).float() / D))
    ang = torch.outer(torch.arange(T).float(), freqs)
    cis = torch.polar(torch.ones_like(ang), ang)
    xc = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(xc * cis).flatten(-2).type_as(x)


h = apply_rope(RMSNorm(4)(y.detach()))
print(h.shape, h.norm())
