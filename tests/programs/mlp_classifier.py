"""Three classes, CrossEntropyLoss, Adam, accuracy under no_grad."""
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(10)

class Net(nn.Module):
    def __init__(self, n_hidden=16):
        super().__init__()
        self.fc1 = nn.Linear(2, n_hidden)
        self.fc2 = nn.Linear(n_hidden, 3)
        self.drop = nn.Dropout(p=0.2)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = self.drop(x)
        return self.fc2(x)

def accuracy(net, X, y):
    net.eval()
    with torch.no_grad():
        pred = net(X).argmax(dim=1)
    net.train()
    return (pred == y).float().mean().item()

X = torch.randn(60, 2)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0).long()
net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(net.parameters(), lr=0.02)
losses = []
for epoch in range(40):
    optimizer.zero_grad()
    loss = criterion(net(X), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if (epoch + 1) % 10 == 0:
        print(f"epoch {epoch + 1:3d}: loss {loss.item():.4f} acc {accuracy(net, X, y):.2%}")
print(losses[0] > losses[-1], len(losses), min(losses) == losses[-1] or 'noisy')
print(sum(p.numel() for p in net.parameters() if p.requires_grad))
