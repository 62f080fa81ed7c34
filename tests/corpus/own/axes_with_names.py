"""A small vision transformer and a mixer, with axes named by einops."""

import numpy as np
import torch
from einops import EinopsError, einsum, pack, parse_shape, rearrange, reduce, repeat, unpack
from einops.layers.torch import EinMix, Rearrange, Reduce
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim, heads=2):
        super().__init__()
        self.heads = heads
        self.to_qkv = nn.Linear(dim, dim * 3, bias=False)
        self.to_out = nn.Linear(dim, dim)

    def forward(self, x):
        q, k, v = (
            rearrange(part, "b n (h d) -> b h n d", h=self.heads)
            for part in self.to_qkv(x).chunk(3, dim=-1)
        )
        scores = einsum(q, k, "b h i d, b h j d -> b h i j") * q.shape[-1] ** -0.5
        out = einsum(scores.softmax(dim=-1), v, "b h i j, b h j d -> b h i d")
        return self.to_out(rearrange(out, "b h n d -> b n (h d)"))


class ViT(nn.Module):
    def __init__(self, size=8, patch=4, channels=1, dim=16, classes=3):
        super().__init__()
        self.to_patches = nn.Sequential(
            Rearrange("b c (h p) (w q) -> b (h w) (c p q)", p=patch, q=patch),
            nn.Linear(channels * patch * patch, dim),
        )
        self.token = nn.Parameter(torch.randn(1, 1, dim))
        self.place = nn.Parameter(torch.randn(1, (size // patch) ** 2 + 1, dim))
        self.attention = Attention(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, images):
        x = self.to_patches(images)
        token = repeat(self.token, "1 1 d -> b 1 d", b=len(images))
        x, shapes = pack([token, x], "b * d")
        x = x + self.place
        x = x + self.attention(x)
        first, _ = unpack(x, shapes, "b * d")
        return self.head(rearrange(first, "b 1 d -> b d"))


torch.manual_seed(0)
model = ViT()
print(model)
images = torch.randn(2, 1, 8, 8)
loss = nn.functional.cross_entropy(model(images), torch.tensor([0, 2]))
loss.backward()
print(loss.item())
for name, p in model.named_parameters():
    print(name, p.grad.norm().item())

x = torch.arange(24.0).reshape(2, 3, 4).requires_grad_()
y = rearrange(x, "b (h k) d -> h b (k d)", k=1)
print(y.shape, y.grad_fn)
reduce(x, "b n d -> b d", "max").sum().backward()
print(x.grad, parse_shape(x, "b n d"))
print(reduce(x, "b n d -> b", "mean"), repeat(x[0], "n d -> (r n) d", r=2).shape)
print(rearrange([x, x], "k b n d -> b n (k d)").shape, rearrange(np.arange(6).reshape(2, 3), "a b -> b a"))
mix = EinMix("b n d -> b n e", weight_shape="d e", bias_shape="e", d=4, e=2)
pool = nn.Sequential(Rearrange("b (c h w) -> b c h w", h=2, w=2), nn.Conv2d(2, 3, 1), Reduce("b c h w -> b c", "max"))
print(mix, mix(x.detach()).shape, pool, pool(torch.randn(2, 8)).shape)
for pattern in ("b n -> n b", "b n d -> b n", "b (n k) d -> b n k d"):
    try:
        rearrange(x, pattern)
    except EinopsError as error:
        print(type(error).__name__, error)
