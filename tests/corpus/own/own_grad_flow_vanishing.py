import torch
import torch.nn as nn
import matplotlib.pyplot as plt


def plot_grad_flow(named_parameters):
    ave_grads, layers = [], []
    for n, p in named_parameters:
        if p.requires_grad and ("bias" not in n):
            layers.append(n)
            ave_grads.append(p.grad.abs().mean().item())
    plt.plot(ave_grads, alpha=0.3, color="b")
    plt.hlines(0, 0, len(ave_grads) + 1, linewidth=1, color="k")
    plt.xticks(range(0, len(ave_grads), 1), layers, rotation="vertical")
    plt.xlim(xmin=0, xmax=len(ave_grads))
    plt.xlabel("Layers")
    plt.ylabel("average gradient")
    plt.title("Gradient flow")
    plt.grid(True)
    return ave_grads


class Deep(nn.Module):
    def __init__(self, depth, act, init):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(16, 16) for _ in range(depth))
        self.act = act
        for l in self.layers:
            init(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        for l in self.layers:
            x = self.act(l(x))
        return x


inits = {
    "xavier": nn.init.xavier_uniform_,
    "kaiming": lambda w: nn.init.kaiming_normal_(w, mode="fan_in", nonlinearity="relu"),
    "orthogonal": nn.init.orthogonal_,
    "small": lambda w: nn.init.normal_(w, std=0.01),
}
for act in (torch.sigmoid, torch.tanh, torch.relu):
    for name, init in inits.items():
        torch.manual_seed(0)
        net = Deep(10, act, init)
        net(torch.randn(8, 16)).pow(2).mean().backward()
        flow = plot_grad_flow(net.named_parameters())
        print(f"{act.__name__:8s} {name:10s} first {flow[0]:.2e} last {flow[-1]:.2e}")
plt.show()
