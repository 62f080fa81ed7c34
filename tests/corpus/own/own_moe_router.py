import torch
import torch.nn as nn
import torch.nn.functional as F
from typing import NamedTuple


class RouterOut(NamedTuple):
    weights: torch.Tensor
    index: torch.Tensor
    aux: torch.Tensor


class MoE(nn.Module):
    def __init__(self, dim, n_experts=4, k=2):
        super().__init__()
        self.gate = nn.Linear(dim, n_experts, bias=False)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(dim, 2 * dim), nn.SiLU(), nn.Linear(2 * dim, dim)) for _ in range(n_experts)])
        self.k, self.n = k, n_experts

    def route(self, x) -> RouterOut:
        logits = self.gate(x)
        w, idx = logits.topk(self.k, dim=-1)
        probs = logits.softmax(-1)
        load = F.one_hot(idx, self.n).float().sum(1).mean(0)
        return RouterOut(w.softmax(-1), idx, self.n * (load * probs.mean(0)).sum())

    def forward(self, x):
        r = self.route(x)
        out = torch.zeros_like(x)
        for e, expert in enumerate(self.experts):
            tok, slot = torch.where(r.index == e)
            if tok.numel() == 0:
                continue
            out.index_add_(0, tok, r.weights[tok, slot, None] * expert(x[tok]))
        return out, r.aux


torch.manual_seed(0)
moe = MoE(4)
x = torch.randn(10, 4)
y, aux = moe(x)
(y.pow(2).mean() + 0.01 * aux).backward()
print(y.shape, f"{aux.item():.4f}")
print("gate grad", moe.gate.weight.grad.abs().sum().item() > 0)
print([round(sum(p.grad.norm().item() for p in e.parameters() if p.grad is not None), 3) for e in moe.experts])
r = moe.route(x)
print(r._fields, r.index.tolist()[:3], type(r).__name__)
