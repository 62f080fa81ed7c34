import torch
import torch.nn as nn

torch.manual_seed(0)
true_A = torch.tensor([[-0.1, 2.0], [-2.0, -0.1]])


def odeint(func, y0, t, method="euler"):
    ys = [y0]
    for t0, t1 in zip(t[:-1], t[1:]):
        dt = t1 - t0
        y = ys[-1]
        match method:
            case "euler":
                y = y + dt * func(t0, y)
            case "rk4":
                k1 = func(t0, y)
                k2 = func(t0 + dt / 2, y + dt * k1 / 2)
                k3 = func(t0 + dt / 2, y + dt * k2 / 2)
                k4 = func(t1, y + dt * k3)
                y = y + dt * (k1 + 2 * k2 + 2 * k3 + k4) / 6
            case _:
                raise ValueError(f"unknown method {method!r}")
        ys.append(y)
    return torch.stack(ys)


t = torch.linspace(0.0, 2.0, 21)
y0 = torch.tensor([[2.0, 0.0]])
with torch.no_grad():
    true_y = odeint(lambda t, y: (y**3) @ true_A * 0.2, y0, t, method="rk4")


class ODEFunc(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 12), nn.Tanh(), nn.Linear(12, 2))
        for m in self.net.modules():
            if isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, mean=0, std=0.1)
                nn.init.constant_(m.bias, val=0)
        self.nfe = 0

    def forward(self, t, y):
        self.nfe += 1
        return self.net(y**3)


func = ODEFunc()
opt = torch.optim.RMSprop(func.parameters(), lr=5e-3)
for it in range(1, 31):
    opt.zero_grad()
    pred = odeint(func, y0, t)
    loss = torch.mean(torch.abs(pred - true_y))
    loss.backward()
    opt.step()
    if it % 10 == 0:
        print("Iter {:04d} | Total Loss {:.6f} | nfe {}".format(it, loss.item(), func.nfe))
try:
    odeint(func, y0, t, method="dopri5")
except ValueError as err:
    print(type(err).__name__, err)
