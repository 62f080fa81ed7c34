import math
import torch
from torch import nn
from torch.nn import functional as F


def get_params(vocab_size, num_hiddens, device):
    num_inputs = num_outputs = vocab_size

    def normal(shape):
        return torch.randn(size=shape, device=device) * 0.01

    W_xh = normal((num_inputs, num_hiddens))
    W_hh = normal((num_hiddens, num_hiddens))
    b_h = torch.zeros(num_hiddens, device=device)
    W_hq = normal((num_hiddens, num_outputs))
    b_q = torch.zeros(num_outputs, device=device)
    params = [W_xh, W_hh, b_h, W_hq, b_q]
    for param in params:
        param.requires_grad_(True)
    return params


def init_rnn_state(batch_size, num_hiddens, device):
    return (torch.zeros((batch_size, num_hiddens), device=device), )


def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        Y = torch.mm(H, W_hq) + b_q
        outputs.append(Y)
    return torch.cat(outputs, dim=0), (H,)


def grad_clipping(params, theta):
    norm = torch.sqrt(sum(torch.sum((p.grad ** 2)) for p in params))
    if norm > theta:
        for param in params:
            param.grad[:] *= theta / norm


torch.manual_seed(0)
V, H, B, T = 6, 5, 2, 4
params = get_params(V, H, torch.device('cpu'))
state = init_rnn_state(B, H, 'cpu')
for step in range(2):
    X = torch.arange(B * T).reshape(B, T) % V
    for s in state:
        s.detach_()
    y_hat, state = rnn(F.one_hot(X.T, V).type(torch.float32), state, params)
    l = F.cross_entropy(y_hat, X.T.reshape(-1).long()).mean()
    l.backward()
    grad_clipping(params, 1e-2)
    with torch.no_grad():
        for p in params:
            p -= 1.0 * p.grad
            p.grad.zero_()
    print(f'perplexity {math.exp(l):.5f}')
