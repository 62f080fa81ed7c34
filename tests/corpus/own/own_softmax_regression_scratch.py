import torch

class Accumulator:
    """For accumulating sums over `n` variables."""
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, idx):
        return self.data[idx]

def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition

def cross_entropy(y_hat, y):
    return - torch.log(y_hat[range(len(y_hat)), y])

def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())

torch.manual_seed(1)
W = torch.normal(0, 0.01, size=(4, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)
def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)

X, y = torch.rand(30, 2, 2), torch.randint(0, 3, (30,))
metric = Accumulator(3)
for epoch in range(3):
    metric.reset()
    for i in range(0, 30, 10):
        y_hat = net(X[i:i+10])
        l = cross_entropy(y_hat, y[i:i+10])
        l.sum().backward()
        with torch.no_grad():
            for p in (W, b):
                p -= 0.1 * p.grad / 10
                p.grad.zero_()
        metric.add(float(l.sum()), accuracy(y_hat, y[i:i+10]), y[i:i+10].numel())
    print('epoch', epoch, metric[0] / metric[2], metric[1] / metric[2])
