import torch
import torch.nn as nn
import math

torch.manual_seed(0)
T = 20
betas = torch.linspace(1e-4, 0.2, T)
alphas = 1. - betas
alphas_cumprod = torch.cumprod(alphas, axis=0)
sqrt_ac, sqrt_om = alphas_cumprod.sqrt(), (1 - alphas_cumprod).sqrt()


class SinusoidalEmbedding(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, time):
        half_dim = self.dim // 2
        embeddings = math.log(10000) / (half_dim - 1)
        embeddings = torch.exp(torch.arange(half_dim, device=time.device) * -embeddings)
        embeddings = time[:, None] * embeddings[None, :]
        return torch.cat((embeddings.sin(), embeddings.cos()), dim=-1)


class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.t = nn.Sequential(SinusoidalEmbedding(8), nn.Linear(8, 16), nn.SiLU())
        self.inp = nn.Linear(2, 16)
        self.out = nn.Sequential(nn.SiLU(), nn.Linear(16, 2))

    def forward(self, x, t):
        return self.out(self.inp(x) + self.t(t))


def extract(a, t, x_shape):
    out = a.gather(-1, t)
    return out.reshape(t.shape[0], *((1,) * (len(x_shape) - 1)))


model = Denoiser()
opt = torch.optim.Adam(model.parameters(), 5e-3)
theta = torch.rand(128) * 2 * math.pi
x0 = torch.stack([theta.cos(), theta.sin()], 1)
for step in range(61):
    t = torch.randint(0, T, (len(x0),)).long()
    noise = torch.randn_like(x0)
    xt = extract(sqrt_ac, t, x0.shape) * x0 + extract(sqrt_om, t, x0.shape) * noise
    loss = nn.functional.mse_loss(model(xt, t), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
    if step % 30 == 0:
        print(f"{step:3d} {loss.item():.4f}")


@torch.no_grad()
def sample(n):
    x = torch.randn(n, 2)
    for i in reversed(range(T)):
        t = torch.full((n,), i, dtype=torch.long)
        eps = model(x, t)
        mean = (x - betas[i] / sqrt_om[i] * eps) / alphas[i].sqrt()
        x = mean + (betas[i].sqrt() * torch.randn_like(x) if i > 0 else 0)
    return x


s = sample(50)
print(s.shape, s.requires_grad, 0.3 < s.norm(dim=1).mean() < 3)
