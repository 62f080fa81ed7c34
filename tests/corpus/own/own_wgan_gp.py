import torch
import torch.nn as nn
import torch.autograd as autograd

torch.manual_seed(3)
lambda_gp = 10
D = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
G = nn.Sequential(nn.Linear(3, 8), nn.ReLU(True), nn.Linear(8, 2))
opt_d = torch.optim.RMSprop(D.parameters(), lr=5e-3)


def compute_gradient_penalty(D, real_samples, fake_samples):
    """Calculates the gradient penalty loss for WGAN GP"""
    alpha = torch.rand((real_samples.size(0), 1))
    interpolates = (alpha * real_samples + ((1 - alpha) * fake_samples)).requires_grad_(True)
    d_interpolates = D(interpolates)
    fake = torch.ones(real_samples.shape[0], 1).requires_grad_(False)
    gradients = autograd.grad(
        outputs=d_interpolates,
        inputs=interpolates,
        grad_outputs=fake,
        create_graph=True,
        retain_graph=True,
        only_inputs=True,
    )[0]
    gradients = gradients.view(gradients.size(0), -1)
    gradient_penalty = ((gradients.norm(2, dim=1) - 1) ** 2).mean()
    return gradient_penalty


for i in range(3):
    real = torch.randn(6, 2) + 2
    fake = G(torch.randn(6, 3)).detach()
    gp = compute_gradient_penalty(D, real.data, fake.data)
    d_loss = -torch.mean(D(real)) + torch.mean(D(fake)) + lambda_gp * gp
    opt_d.zero_grad()
    d_loss.backward()
    opt_d.step()
    print(i, round(d_loss.item(), 5), round(gp.item(), 5))
