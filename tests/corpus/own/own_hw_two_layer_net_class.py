import numpy as np
import torch


class TwoLayerNet(object):
    """
    A two-layer fully-connected neural network. Softmax loss and L2 regularization.
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-1):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        hidden = np.maximum(0, X.dot(W1) + b1)
        scores = hidden.dot(W2) + b2
        if y is None:
            return scores
        shifted = scores - np.max(scores, axis=1, keepdims=True)
        probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
        loss = -np.sum(np.log(probs[np.arange(N), y])) / N
        loss += reg * (np.sum(W1 * W1) + np.sum(W2 ** 2))
        grads = {}
        dscores = probs.copy()
        dscores[np.arange(N), y] -= 1
        dscores /= N
        grads['W2'] = np.dot(hidden.T, dscores) + 2 * reg * W2
        grads['b2'] = np.sum(dscores, axis=0)
        dhidden = np.dot(dscores, W2.T)
        dhidden[hidden <= 0] = 0
        grads['W1'] = np.dot(X.T, dhidden) + 2 * reg * W1
        grads['b1'] = dhidden.sum(axis=0)
        return loss, grads

    def predict(self, X):
        return np.argmax(self.loss(X), axis=1)


np.random.seed(0)
net = TwoLayerNet(4, 10, 3)
np.random.seed(1)
X = 10 * np.random.randn(5, 4)
y = np.array([0, 1, 2, 2, 1])
loss, grads = net.loss(X, y, reg=0.05)
print(loss)
tp = {k: torch.tensor(v, requires_grad=True) for k, v in net.params.items()}
s = torch.relu(torch.from_numpy(X) @ tp['W1'] + tp['b1']) @ tp['W2'] + tp['b2']
L = torch.nn.functional.cross_entropy(s, torch.from_numpy(y)) + 0.05 * ((tp['W1']**2).sum() + (tp['W2']**2).sum())
L.backward()
for name in sorted(grads):
    print('%s max relative error: %e' % (name, np.max(np.abs(grads[name] - tp[name].grad.numpy())) > 1e-8))
for it in range(3):
    idx = np.random.choice(5, 3, replace=True)
    loss, grads = net.loss(X[idx], y[idx], reg=1e-5)
    for k in net.params:
        net.params[k] -= 1e-2 * grads[k]
print(net.predict(X), (net.predict(X) == y).mean())
