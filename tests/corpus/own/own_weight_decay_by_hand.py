import numpy as np
import torch

torch.manual_seed(0)
n_train, n_test, num_inputs = 20, 100, 50
true_w, true_b = torch.ones((num_inputs, 1)) * 0.01, 0.05


def synthetic_data(w, b, num_examples):
    X = torch.normal(0, 1, (num_examples, len(w)))
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))


def load_array(data_arrays, batch_size, is_train=True):
    dataset = torch.utils.data.TensorDataset(*data_arrays)
    return torch.utils.data.DataLoader(dataset, batch_size, shuffle=is_train)


train_iter = load_array(synthetic_data(true_w, true_b, n_train), 5)
test_iter = load_array(synthetic_data(true_w, true_b, n_test), 5, is_train=False)


def init_params():
    w = torch.normal(0, 1, size=(num_inputs, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    return [w, b]


def l2_penalty(w):
    return torch.sum(w.pow(2)) / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def __getitem__(self, idx):
        return self.data[idx]


def evaluate_loss(net, data_iter, loss):
    metric = Accumulator(2)
    for X, y in data_iter:
        out = net(X)
        l = loss(out, y.reshape(out.shape))
        metric.add(l.sum(), l.numel())
    return metric[0] / metric[1]


def train(lambd):
    w, b = init_params()
    net, loss = lambda X: torch.matmul(X, w) + b, lambda yh, y: (yh - y) ** 2 / 2
    for epoch in range(10):
        for X, y in train_iter:
            l = loss(net(X), y) + lambd * l2_penalty(w)
            l.sum().backward()
            sgd([w, b], 0.003, 5)
    print(f'lambda={lambd}: train {evaluate_loss(net, train_iter, loss):.3f} test {evaluate_loss(net, test_iter, loss):.3f}')
    print('w的L2范数是：', torch.norm(w).item())


train(lambd=0)
train(lambd=3)
