import itertools, random, torch
from torch import nn, optim
from torch.nn.utils import spectral_norm
random.seed(0); torch.manual_seed(0)
D = nn.Sequential(spectral_norm(nn.Linear(2, 8)), nn.LeakyReLU(.2), spectral_norm(nn.Linear(8, 1)))
G = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))
od, og = optim.RMSprop(D.parameters(), 5e-5), optim.RMSprop(G.parameters(), 5e-5)
def real():
    while True: yield torch.randn(8, 2) * .5 + torch.tensor([2., -1.])
data = real()
for it in itertools.count():
    for _ in range(2):
        x = next(data); z = torch.randn(8, 2)
        ld = D(G(z).detach()).mean() - D(x).mean()
        od.zero_grad(); ld.backward(); od.step()
        with torch.no_grad():
            for p in D.parameters(): p.clamp_(-.5, .5)
    for p in D.parameters(): p.requires_grad_(False)
    lg = -D(G(torch.randn(8, 2))).mean(); og.zero_grad(); lg.backward(); og.step()
    for p in D.parameters(): p.requires_grad_(True)
    print(it, round(ld.item(), 4), round(lg.item(), 4))
    if it >= 2: break
