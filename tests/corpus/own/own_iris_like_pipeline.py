import numpy as np
import torch
import torch.nn as nn
from torch.autograd import Variable

np.random.seed(0)
torch.manual_seed(0)
X = np.concatenate([np.random.normal(m, 0.3, (30, 4)) for m in (0, 1, 2)])
y = np.repeat([0, 1, 2], 30)
idx = np.arange(len(X))
np.random.shuffle(idx)
split = int(0.8 * len(idx))
train_idx, test_idx = idx[:split], idx[split:]
mean, std = X[train_idx].mean(axis=0), X[train_idx].std(axis=0)
X = (X - mean) / std
X_train = Variable(torch.Tensor(X[train_idx]).float())
Y_train = Variable(torch.LongTensor(y[train_idx]))
X_test, Y_test = Variable(torch.Tensor(X[test_idx])), Variable(torch.LongTensor(y[test_idx]))


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(4, 10)
        self.fc2 = nn.Linear(10, 3)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, X):
        X = torch.tanh(self.fc1(X))
        X = self.fc2(X)
        return self.softmax(X)


net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
loss_list = np.zeros((50,))
acc_list = np.zeros((50,))
for epoch in range(50):
    y_pred = net(X_train)
    loss = criterion(y_pred, Y_train)
    loss_list[epoch] = loss.item()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        correct = (torch.argmax(net(X_test), dim=1) == Y_test).type(torch.FloatTensor)
        acc_list[epoch] = correct.mean()
print(loss_list[::10].round(4), acc_list[-1])
_, predict_y = torch.max(net(X_test), dim=1)
cm = np.zeros((3, 3), dtype=int)
np.add.at(cm, (Y_test.numpy(), predict_y.numpy()), 1)
print(cm)
precision = cm.diagonal() / cm.sum(0)
print("macro precision", round(precision.mean(), 3), np.unique(y, return_counts=True))
