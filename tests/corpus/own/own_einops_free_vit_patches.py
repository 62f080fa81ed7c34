import torch
from torch import nn
class PatchEmbed(nn.Module):
    def __init__(self, img=8, patch=4, c=3, d=12):
        super().__init__()
        self.n = (img // patch) ** 2
        self.proj = nn.Conv2d(c, d, kernel_size=patch, stride=patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, d))
        self.pos = nn.Parameter(torch.randn(1, self.n + 1, d) * .02)
    def forward(self, x):
        x = self.proj(x).flatten(2).transpose(1, 2)
        return torch.cat([self.cls.expand(x.shape[0], -1, -1), x], dim=1) + self.pos
torch.manual_seed(0)
vit = nn.Sequential(PatchEmbed(), nn.TransformerEncoderLayer(12, 3, 24, dropout=0., batch_first=True, norm_first=True, activation="gelu"), nn.LayerNorm(12))
head = nn.Linear(12, 5)
out = head(vit(torch.randn(2, 3, 8, 8))[:, 0])
nn.functional.cross_entropy(out, torch.tensor([1, 4])).backward()
print(out.shape, vit[0].cls.grad.norm() > 0, vit[0].pos.grad.shape, sum(p.numel() for p in vit.parameters()))
