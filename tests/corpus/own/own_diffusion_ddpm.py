import torch
import torch.nn as nn
import torch.nn.functional as F
import math

torch.manual_seed(0)
T = 20
betas = torch.linspace(1e-4, 0.02, T)
alphas = 1. - betas
alphas_cumprod = torch.cumprod(alphas, axis=0)
alphas_cumprod_prev = F.pad(alphas_cumprod[:-1], (1, 0), value=1.0)
sqrt_recip_alphas = torch.sqrt(1.0 / alphas)
posterior_variance = betas * (1. - alphas_cumprod_prev) / (1. - alphas_cumprod)


def get_index_from_list(vals, t, x_shape):
    batch_size = t.shape[0]
    out = vals.gather(-1, t.cpu())
    return out.reshape(batch_size, *((1,) * (len(x_shape) - 1))).to(t.device)


class SinusoidalPositionEmbeddings(nn.Module):
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
        self.time = nn.Sequential(SinusoidalPositionEmbeddings(8), nn.Linear(8, 8), nn.SiLU())
        self.inp, self.out = nn.Linear(2, 8), nn.Linear(8, 2)

    def forward(self, x, t):
        return self.out(F.silu(self.inp(x) + self.time(t)))


model = Denoiser()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
x0 = torch.randn(8, 2)
for step in range(3):
    t = torch.randint(0, T, (8,)).long()
    noise = torch.randn_like(x0)
    a = get_index_from_list(torch.sqrt(alphas_cumprod), t, x0.shape)
    s = get_index_from_list(torch.sqrt(1. - alphas_cumprod), t, x0.shape)
    loss = F.l1_loss(noise, model(a * x0 + s * noise, t))
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(step, f"{loss:.4f}")


@torch.no_grad()
def sample():
    x = torch.randn(2, 2)
    for i in reversed(range(T)):
        t = torch.full((2,), i, dtype=torch.long)
        mean = get_index_from_list(sqrt_recip_alphas, t, x.shape) * (
            x - betas[i] * model(x, t) / torch.sqrt(1 - alphas_cumprod[i]))
        x = mean if i == 0 else mean + torch.sqrt(posterior_variance[i]) * torch.randn_like(x)
    return x


print(sample())
