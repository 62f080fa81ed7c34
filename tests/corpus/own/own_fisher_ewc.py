import torch
import torch.nn as nn
import torch.nn.functional as F
from copy import deepcopy

torch.manual_seed(0)


class EWC(object):
    def __init__(self, model: nn.Module, dataset: list):
        self.model = model
        self.dataset = dataset
        self.params = {n: p for n, p in self.model.named_parameters() if p.requires_grad}
        self._means = {}
        self._precision_matrices = self._diag_fisher()
        for n, p in deepcopy(self.params).items():
            self._means[n] = p.data

    def _diag_fisher(self):
        precision_matrices = {}
        for n, p in deepcopy(self.params).items():
            p.data.zero_()
            precision_matrices[n] = p.data
        self.model.eval()
        for input in self.dataset:
            self.model.zero_grad()
            output = self.model(input).view(1, -1)
            label = output.max(1)[1].view(-1)
            loss = F.nll_loss(F.log_softmax(output, dim=1), label)
            loss.backward()
            for n, p in self.model.named_parameters():
                precision_matrices[n].data += p.grad.data ** 2 / len(self.dataset)
        return {n: p for n, p in precision_matrices.items()}

    def penalty(self, model: nn.Module):
        loss = 0
        for n, p in model.named_parameters():
            _loss = self._precision_matrices[n] * (p - self._means[n]) ** 2
            loss += _loss.sum()
        return loss


def task(shift):
    x = torch.randn(60, 4)
    return x, (x[:, shift] > 0).long()


net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.2)
acc = lambda xy: (net(xy[0]).argmax(1) == xy[1]).float().mean().item()
A, B = task(0), task(1)
for _ in range(60):
    opt.zero_grad(); F.cross_entropy(net(A[0]), A[1]).backward(); opt.step()
print(f"A after A {acc(A):.2f}")
ewc = EWC(net, [x for x in A[0][:20]])
saved = deepcopy(net.state_dict())
for imp in (0, 100):
    net.load_state_dict(saved)
    for _ in range(40):
        opt.zero_grad()
        loss = F.cross_entropy(net(B[0]), B[1]) + imp * ewc.penalty(net)
        loss.backward()
        opt.step()
    print(f"importance={imp}: A {acc(A):.2f} B {acc(B):.2f}")
print({n: f"{v.mean():.1e}" for n, v in ewc._precision_matrices.items()})
