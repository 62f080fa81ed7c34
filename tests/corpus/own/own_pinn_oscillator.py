import torch
import torch.nn as nn


class FCN(nn.Module):
    "Defines a standard fully-connected network in PyTorch"

    def __init__(self, N_INPUT, N_OUTPUT, N_HIDDEN, N_LAYERS):
        super().__init__()
        activation = nn.Tanh
        self.fcs = nn.Sequential(*[
            nn.Linear(N_INPUT, N_HIDDEN),
            activation()])
        self.fch = nn.Sequential(*[
            nn.Sequential(*[
                nn.Linear(N_HIDDEN, N_HIDDEN),
                activation()]) for _ in range(N_LAYERS-1)])
        self.fce = nn.Linear(N_HIDDEN, N_OUTPUT)

    def forward(self, x):
        x = self.fcs(x)
        x = self.fch(x)
        x = self.fce(x)
        return x


def oscillator(d, w0, x):
    """Defines the analytical solution to the 1D underdamped harmonic oscillator problem."""
    assert d < w0
    w = torch.sqrt(torch.tensor(w0**2 - d**2))
    phi = torch.arctan(-d/w)
    A = 1/(2*torch.cos(phi))
    return torch.exp(-d*x)*2*A*torch.cos(phi+w*x)


d, w0 = 2, 20
x = torch.linspace(0, 1, 50).view(-1, 1)
y = oscillator(d, w0, x).view(-1, 1)
x_data, y_data = x[0:20:4], y[0:20:4]
x_physics = torch.linspace(0, 1, 10).view(-1, 1).requires_grad_(True)
mu, k = 2*d, w0**2

torch.manual_seed(123)
model = FCN(1, 1, 8, 2)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
for i in range(3):
    optimizer.zero_grad()
    yh = model(x_data)
    loss1 = torch.mean((yh-y_data)**2)
    yhp = model(x_physics)
    dx = torch.autograd.grad(yhp, x_physics, torch.ones_like(yhp), create_graph=True)[0]
    dx2 = torch.autograd.grad(dx, x_physics, torch.ones_like(dx), create_graph=True)[0]
    physics = dx2 + mu*dx + k*yhp
    loss2 = (1e-4)*torch.mean(physics**2)
    loss = loss1 + loss2
    loss.backward()
    optimizer.step()
    print(f"{i+1}: {loss1.item():.6f} {loss2.item():.6f}")
