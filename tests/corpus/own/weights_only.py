# torch.load takes weights alone unless it is told otherwise
import torch, io, collections, numpy as np
from torch import nn
torch.manual_seed(0)
Net = lambda: nn.Sequential(nn.Linear(1, 1))
for o in [collections.OrderedDict(a=1), collections.defaultdict(int), collections.Counter("a"), np.ones(2), np.float64(1), [nn.Linear(1,1)], nn.Parameter(torch.ones(1)), torch.Size([1]), torch.float32, 1j, {1}, {"n": nn.Sequential(nn.ReLU()), "a": nn.Linear(1, 1)}, Net(), {"m": Net().state_dict(), "o": torch.optim.Adam(Net().parameters()).state_dict(), "e": 3}]:
    b = io.BytesIO()
    torch.save(o, b)
    b.seek(0)
    try: print(torch.load(b))
    except Exception as e: print(type(e).__name__, str(e).splitlines()[3])
torch.save(Net(), "m.pt")
with torch.serialization.safe_globals([nn.Sequential, nn.Linear]): print(torch.load("m.pt"))
print(torch.load("m.pt", weights_only=False))
torch.save(Net(), "m.pt")
torch.save(nn.Conv1d(1,1,1), "m.pt")
torch.load("m.pt", map_location="cpu")
