import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
p = torch.randn(4, 3, requires_grad=True)
t = torch.tensor([0, 2, 1, 1])
for name, loss in {
    "ce": F.cross_entropy(p, t, weight=torch.tensor([1., 2., 3.])),
    "nll": F.nll_loss(F.log_softmax(p, 1), t, reduction="sum"),
    "mse": F.mse_loss(p, torch.zeros_like(p)),
    "l1": F.l1_loss(p, torch.ones(4, 3)),
    "huber": F.huber_loss(p, torch.ones(4, 3), delta=0.5),
    "bce": F.binary_cross_entropy_with_logits(p, (p > 0).float(), pos_weight=torch.ones(3)),
    "kl": F.kl_div(F.log_softmax(p, 1), F.softmax(torch.ones(4, 3), 1), reduction="batchmean"),
    "hinge": F.hinge_embedding_loss(p, torch.ones(4, 3)),
    "margin": F.multi_margin_loss(p, t),
    "poisson": F.poisson_nll_loss(p, torch.ones(4, 3)),
    "gauss": F.gaussian_nll_loss(p, torch.zeros(4, 3), torch.ones(4, 3)),
    "soft": F.soft_margin_loss(p, torch.ones(4, 3)),
    "ctc": nn.CTCLoss()(F.log_softmax(torch.zeros(5, 1, 3), 2), torch.tensor([[1, 2]]), torch.tensor([5]), torch.tensor([2])),
}.items():
    g = torch.autograd.grad(loss, p)[0] if loss.requires_grad else None
    print(f"{name:8s}{loss.item():.4f} {'-' if g is None else round(g.norm().item(), 4)}")
x = torch.linspace(-2, 2, 5)
for act in [F.relu, F.elu, F.selu, F.gelu, F.silu, F.mish, F.hardtanh, F.softsign, F.relu6, F.hardswish, F.logsigmoid, F.tanhshrink]:
    print(act.__name__, act(x))
print(F.leaky_relu(x, 0.1), F.prelu(x, torch.tensor(0.25)), F.glu(x[:4]), F.softmin(x, 0), F.threshold(x, 0, -1), F.dropout(x, training=False))
