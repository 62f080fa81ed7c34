import torch
from torch import nn
from torch.utils.data import Subset, DataLoader, TensorDataset, SubsetRandomSampler
torch.manual_seed(3)
data = TensorDataset(torch.arange(12.).view(-1, 1), torch.arange(12.) * 2)
k = 3
folds = torch.randperm(12).chunk(k)
scores = []
for i in range(k):
    val = folds[i].tolist()
    train = torch.cat([folds[j] for j in range(k) if j != i]).tolist()
    m = nn.Linear(1, 1)
    o = torch.optim.SGD(m.parameters(), 1e-3)
    for xb, yb in DataLoader(data, batch_size=4, sampler=SubsetRandomSampler(train)):
        o.zero_grad(); nn.functional.mse_loss(m(xb).squeeze(1), yb).backward(); o.step()
    xv, yv = next(iter(DataLoader(Subset(data, val), batch_size=len(val))))
    scores.append(nn.functional.mse_loss(m(xv).squeeze(1), yv).item())
print([round(s, 3) for s in scores], sum(scores) / k > 0)
