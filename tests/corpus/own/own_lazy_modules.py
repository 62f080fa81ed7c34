import torch
import torch.nn as nn


class LazyMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.LazyConv2d(4, kernel_size=3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(2))

    def forward(self, x):
        return self.net(x)

    def layer_summary(self, X_shape):
        X = torch.randn(*X_shape)
        for layer in self.net:
            X = layer(X)
            print(layer.__class__.__name__, 'output shape:\t', X.shape)


torch.manual_seed(0)
net = LazyMLP()
print(net.net[4].weight)
net.layer_summary((2, 1, 5, 5))
print(net)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net(torch.randn(2, 1, 5, 5)).sum().backward()
opt.step()
print(net.net[4].weight.shape, net.net[4].weight.grad.norm() > 0)
