import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(7)


class ContrastiveLoss(nn.Module):
    """
    Contrastive loss function.
    Based on: Hadsell et al. 2006
    """

    def __init__(self, margin: float = 2.0) -> None:
        super().__init__()
        self.margin = margin

    def forward(self, output1, output2, label):
        euclidean_distance = F.pairwise_distance(output1, output2, keepdim=True)
        pos = (1 - label) * torch.pow(euclidean_distance, 2)
        neg = label * torch.pow(torch.clamp(self.margin - euclidean_distance, min=0.0), 2)
        return torch.mean(pos + neg)

    def extra_repr(self):
        return f'margin={self.margin}'


def nt_xent(z1, z2, t=0.5):
    z = F.normalize(torch.cat([z1, z2]), dim=1)
    sim = z @ z.T / t
    n = z1.size(0)
    mask = torch.eye(2 * n, dtype=torch.bool)
    sim = sim.masked_fill(mask, -9e15)
    targets = torch.cat([torch.arange(n, 2 * n), torch.arange(0, n)])
    return F.cross_entropy(sim, targets)


encoder = nn.Sequential(nn.Linear(6, 8), nn.PReLU(), nn.Linear(8, 2))
crit = ContrastiveLoss()
print(crit)
opt = torch.optim.Adagrad(encoder.parameters(), lr=0.1)
a, b = torch.randn(10, 6), torch.randn(10, 6)
label = torch.randint(0, 2, (10, 1)).float()
for i in range(20):
    loss = crit(encoder(a), encoder(b), label)
    opt.zero_grad(); loss.backward(); opt.step()
print(f"{loss:.4f}")
loss2 = nt_xent(encoder(a), encoder(a + 0.01 * torch.randn_like(a)))
loss2.backward()
print(f"{loss2.item():.4f}", encoder[1].weight.grad is not None)
trip = nn.TripletMarginLoss(margin=1.0)(encoder(a), encoder(a + .1), encoder(b))
cos = nn.CosineEmbeddingLoss()(encoder(a), encoder(b), torch.sign(label.squeeze() - 0.5))
print(round(trip.item(), 4), round(cos.item(), 4))
