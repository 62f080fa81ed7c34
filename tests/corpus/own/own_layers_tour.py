import torch
import torch.nn as nn

torch.manual_seed(0)
x1, x2, x3 = torch.randn(2, 4, 8), torch.randn(2, 4, 6, 6), torch.randn(1, 2, 3, 4, 4)
for layer, x in [
    (nn.Conv1d(4, 2, 3, dilation=2), x1), (nn.MaxPool1d(2), x1), (nn.AvgPool1d(2), x1), (nn.ConvTranspose1d(4, 2, 2), x1),
    (nn.Conv2d(4, 4, 3, groups=2, padding="same"), x2), (nn.MaxPool2d(2, return_indices=False), x2), (nn.AvgPool2d(3, stride=1), x2),
    (nn.Conv3d(2, 1, 2), x3), (nn.MaxPool3d(2), x3), (nn.InstanceNorm2d(4, affine=True), x2), (nn.GroupNorm(2, 4), x2),
    (nn.LayerNorm([6, 6]), x2), (nn.LocalResponseNorm(2), x2), (nn.Dropout2d(0.5), x2), (nn.AlphaDropout(0.2), x1),
    (nn.ZeroPad2d(1), x2), (nn.ReflectionPad2d(1), x2), (nn.AdaptiveMaxPool2d(2), x2), (nn.LPPool2d(2, 2), x2),
    (nn.Unfold(2), x2), (nn.Softmax2d(), x2), (nn.PReLU(), x1), (nn.RReLU(), x1), (nn.Hardshrink(), x1), (nn.CELU(), x1),
    (nn.Unflatten(1, (2, 2)), x1), (nn.RMSNorm(8), x1), (nn.ChannelShuffle(2), x2), (nn.PixelUnshuffle(2), x2), (nn.Identity(), x1),
    (nn.UpsamplingNearest2d(scale_factor=2), x2), (nn.CircularPad2d(1), x2), (nn.FractionalMaxPool2d(2, output_size=3), x2),
]:
    y = layer(x.clone().requires_grad_())
    y.sum().backward()
    print(layer, tuple(y.shape), f"{y.mean().item():.4f}")
pool, unpool = nn.MaxPool2d(2, return_indices=True), nn.MaxUnpool2d(2)
out, idx = pool(x2)
print(unpool(out, idx).shape, nn.Bilinear(3, 3, 2)(torch.ones(1, 3), torch.ones(1, 3)).shape, nn.EmbeddingBag(5, 3)(torch.tensor([[1, 2]])).shape)
pl = nn.ParameterList([nn.Parameter(torch.ones(2)) for _ in range(2)])
pd = nn.ParameterDict({"a": nn.Parameter(torch.zeros(1))})
md = nn.ModuleDict({"lin": nn.Linear(1, 1), "act": nn.ReLU()})
print(pl, pd, md, list(md.keys()), len(pl), "a" in pd)
