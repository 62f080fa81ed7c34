import torch, math
import torch.nn as nn
import torch.nn.functional as F
import numpy as np
torch.manual_seed(0)
def squash(x, dim=-1, epsilon=1e-8):
    squared_norm = (x ** 2).sum(dim=dim, keepdim=True)
    safe_norm = torch.sqrt(squared_norm + epsilon)
    scale = squared_norm / (1 + squared_norm)
    return scale * x / safe_norm
class DigitCaps(nn.Module):
    def __init__(self, in_dim, in_caps, num_caps, dim_caps, num_routing):
        super().__init__()
        self.in_dim, self.in_caps, self.num_caps, self.dim_caps, self.num_routing = in_dim, in_caps, num_caps, dim_caps, num_routing
        self.W = nn.Parameter(0.01 * torch.randn(1, num_caps, in_caps, dim_caps, in_dim), requires_grad=True)
    def __repr__(self):
        tab = '  '; line = '\n'; next = ' -> '
        return 'DigitCaps(' + line + tab + '(' + str(0) + '): ' + f'{self.in_caps}x{self.in_dim}' + next + f'{self.num_caps}x{self.dim_caps})'
    def forward(self, x):
        batch_size = x.size(0)
        x = x.unsqueeze(1).unsqueeze(4)
        u_hat = torch.matmul(self.W, x).squeeze(-1)
        temp_u_hat = u_hat.detach()
        b = torch.zeros(batch_size, self.num_caps, self.in_caps, 1).to(x)
        for route_iter in range(self.num_routing - 1):
            c = b.softmax(dim=1)
            s = (c * temp_u_hat).sum(dim=2)
            v = squash(s)
            uv = torch.matmul(temp_u_hat, v.unsqueeze(-1))
            b += uv
        c = b.softmax(dim=1)
        s = (c * u_hat).sum(dim=2)
        return squash(s)
caps = DigitCaps(4, 6, 3, 5, 3); print(caps)
out = caps(torch.randn(2, 6, 4)); lengths = torch.sqrt((out ** 2).sum(dim=2))
t = torch.eye(3)[[0, 2]]
left = F.relu(0.9 - lengths) ** 2; right = F.relu(lengths - 0.1) ** 2
loss = (t * left + 0.5 * (1 - t) * right).sum(1).mean(); loss.backward(); print(loss, caps.W.grad.abs().sum())
class YoloHead(nn.Module):
    anchors = [(10, 13), (16, 30)]
    def __init__(self, nc=2, ch=(4,)):
        super().__init__()
        self.nc, self.no, self.na = nc, nc + 5, len(self.anchors)
        self.register_buffer("a", torch.tensor(self.anchors).float().view(1, -1, 1, 1, 2))
        self.m = nn.ModuleList(nn.Conv2d(c, self.no * self.na, 1) for c in ch)
        for mi in self.m:
            b = mi.bias.view(self.na, -1)
            with torch.no_grad():
                b[:, 4] += math.log(8 / (640 / 8) ** 2)
            mi.bias = torch.nn.Parameter(b.view(-1), requires_grad=True)
    @staticmethod
    def _make_grid(nx=20, ny=20):
        yv, xv = torch.meshgrid([torch.arange(ny), torch.arange(nx)], indexing='ij')
        return torch.stack((xv, yv), 2).view((1, 1, ny, nx, 2)).float()
    def forward(self, xs):
        z = []
        for i, x in enumerate(xs):
            bs, _, ny, nx = (x := self.m[i](x)).shape
            x = x.view(bs, self.na, self.no, ny, nx).permute(0, 1, 3, 4, 2).contiguous()
            y = x.sigmoid()
            xy = (y[..., 0:2] * 2. - 0.5 + self._make_grid(nx, ny)) * 8
            wh = (y[..., 2:4] * 2) ** 2 * self.a
            z.append(torch.cat((xy, wh, y[..., 4:]), -1).view(bs, -1, self.no))
        return torch.cat(z, 1)
p = YoloHead()([torch.randn(1, 4, 3, 3)]); print(p.shape, p[..., 4].max().item())
def xywh2xyxy(x):
    y = x.clone() if isinstance(x, torch.Tensor) else np.copy(x)
    y[..., 0] = x[..., 0] - x[..., 2] / 2; y[..., 1] = x[..., 1] - x[..., 3] / 2
    y[..., 2] = x[..., 0] + x[..., 2] / 2; y[..., 3] = x[..., 1] + x[..., 3] / 2
    return y
box = xywh2xyxy(p[0, :, :4]); conf, j = p[0, :, 5:].max(1, keepdim=True)
det = torch.cat((box, p[0, :, 4:5] * conf, j.float()), 1)[(p[0, :, 4] > 0)]
det = det[det[:, 4].argsort(descending=True)[:5]]
print(det.shape, xywh2xyxy(np.array([[5., 5., 2., 2.]])), det[:, 5].unique())
def smooth_BCE(eps=0.1): return 1.0 - 0.5 * eps, 0.5 * eps
cp, cn = smooth_BCE(); tgt = torch.full_like(p[..., 5:], cn); tgt[0, range(3), [0, 1, 0]] = cp
F.binary_cross_entropy(p[..., 5:].clamp(1e-6, 1 - 1e-6), tgt).backward()
