import math, torch
from torch import nn
class Sine(nn.Module):
    def __init__(self, w0=30.): super().__init__(); self.w0 = w0
    def forward(self, x): return torch.sin(self.w0 * x)
class Siren(nn.Module):
    def __init__(self, dim_in, dim_out, w0=30., c=6., is_first=False, activation=None):
        super().__init__()
        self.dim_in = dim_in
        weight, bias = torch.zeros(dim_out, dim_in), torch.zeros(dim_out)
        w_std = (1 / dim_in) if is_first else (math.sqrt(c / dim_in) / w0)
        weight.uniform_(-w_std, w_std); bias.uniform_(-w_std, w_std)
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)
        self.activation = Sine(w0) if activation is None else activation
    def forward(self, x): return self.activation(nn.functional.linear(x, self.weight, self.bias))
torch.manual_seed(0)
net = nn.Sequential(Siren(2, 8, is_first=True), Siren(8, 8), Siren(8, 1, activation=nn.Identity()))
xy = torch.stack(torch.meshgrid(torch.linspace(-1, 1, 4), torch.linspace(-1, 1, 4), indexing='ij'), -1).view(-1, 2).requires_grad_()
out = net(xy)
g, = torch.autograd.grad(out.sum(), xy, create_graph=True)
lap = sum(torch.autograd.grad(g[:, i].sum(), xy, create_graph=True)[0][:, i] for i in range(2))
(lap ** 2).mean().backward()
print(out.shape, g.norm(), net[0].weight.grad.norm() > 0)
