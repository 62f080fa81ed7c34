import torch
import torch.nn.functional as F

torch.manual_seed(0)


def sample_gumbel(shape, eps=1e-20):
    U = torch.rand(shape)
    return -torch.log(-torch.log(U + eps) + eps)


def gumbel_softmax_sample(logits, temperature):
    y = logits + sample_gumbel(logits.size())
    return F.softmax(y / temperature, dim=-1)


def gumbel_softmax(logits, temperature, hard=False):
    y = gumbel_softmax_sample(logits, temperature)
    if not hard:
        return y
    shape = y.size()
    _, ind = y.max(dim=-1)
    y_hard = torch.zeros_like(y).view(-1, shape[-1])
    y_hard.scatter_(1, ind.view(-1, 1), 1)
    y_hard = y_hard.view(*shape)
    return (y_hard - y).detach() + y


logits = torch.tensor([[1.0, 2.0, 0.5]], requires_grad=True)
for tau in (5.0, 1.0, 0.1):
    y = gumbel_softmax(logits, tau)
    print(tau, [f"{v:.3f}" for v in y[0]])
y = gumbel_softmax(logits, 0.5, hard=True)
print(y)
(y * torch.tensor([1., 2., 3.])).sum().backward()
print(logits.grad)
z = F.gumbel_softmax(logits, tau=1, hard=True)
print(z.sum().item(), z.grad_fn is not None)
counts = torch.zeros(3)
for _ in range(500):
    counts += F.gumbel_softmax(logits.detach(), tau=1, hard=True)[0]
print((counts / counts.sum()).numpy().round(1), torch.softmax(logits, 1).detach().numpy().round(1))
