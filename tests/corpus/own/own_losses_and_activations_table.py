import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
T, C, N, S = 12, 5, 2, 4
logp = torch.randn(T, N, C).log_softmax(2).detach().requires_grad_()
targets = torch.randint(1, C, (N, S))
loss = nn.CTCLoss(blank=0, zero_infinity=True)(logp, targets, torch.full((N,), T), torch.tensor([4, 3]))
loss.backward()
print(loss.item(), logp.grad.abs().sum().item())
def greedy(lp):
    out = []
    for b in lp.argmax(-1).T:
        seq = torch.unique_consecutive(b)
        out.append([i.item() for i in seq if i != 0])
    return out
print(greedy(logp))
x, y = torch.randn(4, 3, requires_grad=True), torch.randn(4, 3)
tgt = torch.tensor([0, 2, 1, 1])
checks = {
    "huber": F.huber_loss(x, y, delta=0.5), "smooth": F.smooth_l1_loss(x, y, beta=0.3),
    "kl": F.kl_div(x.log_softmax(1), y.softmax(1), reduction="batchmean"),
    "hinge": F.multi_margin_loss(x, tgt), "ml": F.multilabel_soft_margin_loss(x, (y > 0).float()),
    "nll_poisson": F.poisson_nll_loss(x, y.abs()), "gauss": F.gaussian_nll_loss(x, y, torch.ones_like(x)),
    "ce_soft": F.cross_entropy(x, y.softmax(1)), "ce_w": F.cross_entropy(x, tgt, weight=torch.tensor([1., 2., .5]), reduction="sum"),
    "bce": F.binary_cross_entropy_with_logits(x, (y > 0).float(), pos_weight=torch.tensor([2., 1., 1.])),
    "emb": F.hinge_embedding_loss(x, y.sign()), "rank": F.margin_ranking_loss(x[:, 0], x[:, 1], torch.ones(4)),
    "soft": F.soft_margin_loss(x, y.sign()), "l1": nn.L1Loss()(x, y),
}
for k, v in checks.items():
    g, = torch.autograd.grad(v, x, retain_graph=True)
    print(f"{k:>12} {v.item():+.5f} {g.norm().item():.5f}")
acts = [nn.ELU(), nn.SELU(), nn.CELU(), nn.GELU(), nn.Hardswish(), nn.Mish(), nn.LogSigmoid(), nn.Softsign(), nn.Tanhshrink(), nn.Softshrink(), nn.Hardtanh(), nn.ReLU6(), nn.GLU(dim=0), nn.Threshold(0.1, 20), nn.PReLU(), nn.RReLU().eval()]
v = torch.linspace(-2, 2, 4, requires_grad=True)
for a in acts:
    o = a(v)
    g, = torch.autograd.grad(o.sum(), v)
    print(a, [round(t, 3) for t in g.tolist()])
w = torch.empty(3, 4)
for f in (nn.init.xavier_normal_, nn.init.kaiming_uniform_, nn.init.orthogonal_, nn.init.trunc_normal_, nn.init.eye_):
    print(f.__name__, round(f(w).std().item(), 4))
print(nn.init.calculate_gain('leaky_relu', 0.2), nn.init.sparse_(torch.empty(4, 4), 0.5).eq(0).sum().item())
