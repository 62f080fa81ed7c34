"""Built-in losses against their formulas, with reductions and weights."""
import torch
import torch.nn as nn
import torch.nn.functional as F

logits = torch.tensor([[2.0, -1.0, 0.5], [0.1, 0.2, 0.3]], requires_grad=True)
t = torch.tensor([0, 2])
ce = F.cross_entropy(logits, t)
by_hand = -F.log_softmax(logits, dim=1)[torch.arange(2), t].mean()
print(ce, by_hand)
ce.backward()
print(logits.grad)
print((logits.softmax(1) - F.one_hot(t, 3)) / 2)
p = torch.tensor([0.9, 0.2], requires_grad=True)
y = torch.tensor([1.0, 0.0])
for reduction in ["none", "mean", "sum"]:
    print(reduction, nn.BCELoss(reduction=reduction)(p, y))
print(F.mse_loss(p, y), nn.L1Loss()(p, y), F.smooth_l1_loss(p, y), F.huber_loss(p, y, delta=0.5))
print(F.kl_div(p.log(), y + 0.5, reduction="batchmean"), F.hinge_embedding_loss(p, torch.tensor([1, -1])))
