import numpy as np, torch, torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader
rs = np.random.RandomState(42)
X = rs.randn(60, 4).astype('float32'); y = (X[:, 0] + X[:, 1] > 0).astype(np.int64)
mean, std = X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)
X = (X - mean) / std
idx = rs.permutation(len(X)); train_idx, test_idx = idx[:48], idx[48:]
X_train, X_test, y_train, y_test = map(torch.tensor, (X[train_idx], X[test_idx], y[train_idx], y[test_idx]))
torch.manual_seed(0)
loader = DataLoader(TensorDataset(X_train, y_train), batch_size=16, shuffle=True)
class Net(nn.Module):
    def __init__(self, d_in, d_hidden=8, d_out=2):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(d_in, d_hidden), nn.BatchNorm1d(d_hidden), nn.ReLU(), nn.Dropout(0.2), nn.Linear(d_hidden, d_out))
    def forward(self, x): return self.layers(x)
net = Net(4); opt = torch.optim.Adam(net.parameters(), lr=1e-2); crit = nn.CrossEntropyLoss()
for epoch in range(3):
    net.train(); tot = n = 0
    for xb, yb in loader:
        opt.zero_grad(); out = net(xb); l = crit(out, yb); l.backward(); opt.step()
        tot += l.item() * len(xb); n += len(xb)
    net.eval()
    with torch.no_grad():
        acc = (net(X_test).argmax(1) == y_test).float().mean()
    print(f'epoch {epoch}: loss {tot / n:.3f}, acc {acc:.2%}')
