import torch
import torch.nn as nn
import torch.nn.functional as F


class ContrastiveLoss(torch.nn.Module):
    """Based on: http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf"""

    def __init__(self, margin=2.0):
        super(ContrastiveLoss, self).__init__()
        self.margin = margin

    def forward(self, output1, output2, label):
        euclidean_distance = F.pairwise_distance(output1, output2, keepdim=True)
        loss_contrastive = torch.mean((1-label) * torch.pow(euclidean_distance, 2) +
                                      (label) * torch.pow(torch.clamp(self.margin - euclidean_distance, min=0.0), 2))
        return loss_contrastive


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(inplace=True), nn.Linear(8, 2))
a, p, n = torch.randn(3, 5, 4).unbind(0)
loss = ContrastiveLoss()(net(a), net(p), torch.tensor([[0.], [1.], [0.], [1.], [0.]]))
trip = nn.TripletMarginLoss(margin=1.0, p=2)(net(a), net(p), net(n))
cos = F.cosine_similarity(net(a), net(n))
(loss + trip + cos.mean()).backward()
print(loss, trip, cos)
emb = F.normalize(net(torch.randn(6, 4)), dim=1)
sim = emb @ emb.T / 0.5
sim.fill_diagonal_(float("-inf")) if not sim.requires_grad else None
mask = torch.eye(6, dtype=torch.bool)
sim = sim.masked_fill(mask, -1e9)
targets = torch.arange(6).roll(3)
print(F.cross_entropy(sim, targets))
print(torch.cdist(emb, emb)[0], nn.CosineEmbeddingLoss()(net(a), net(p), torch.ones(5)))
