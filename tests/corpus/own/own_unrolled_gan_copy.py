import copy, torch
from torch import nn
torch.manual_seed(9)
G, D = nn.Linear(1, 1), nn.Sequential(nn.Linear(1, 4), nn.ReLU(), nn.Linear(4, 1))
optG, optD = torch.optim.Adam(G.parameters(), 1e-3), torch.optim.Adam(D.parameters(), 1e-3)
bce = nn.functional.binary_cross_entropy_with_logits
def d_step(real, create_graph=False):
    optD.zero_grad()
    fake = G(torch.randn(4, 1)).detach()
    loss = bce(D(real), torch.ones(4, 1)) + bce(D(fake), torch.zeros(4, 1))
    loss.backward(create_graph=create_graph)
    optD.step()
    return loss.item()
for it in range(2):
    real = torch.randn(4, 1) + 3
    d = d_step(real)
    backup = copy.deepcopy(D.state_dict())
    for _ in range(2): d_step(real)
    optG.zero_grad()
    g = bce(D(G(torch.randn(4, 1))), torch.ones(4, 1)); g.backward(); optG.step()
    D.load_state_dict(backup); del backup
    print(f"{it}: d={d:.4f} g={g.item():.4f}")
