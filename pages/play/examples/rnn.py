import torch

torch.manual_seed(0)
steps, n_in, n_hidden = 4, 2, 3
inputs = torch.randn(steps, n_in)
w_in = torch.randn(n_in, n_hidden, requires_grad=True)
w_hidden = torch.randn(n_hidden, n_hidden, requires_grad=True)

h = torch.zeros(n_hidden)
states = []
for t in range(steps):
    h = torch.tanh(inputs[t] @ w_in + h @ w_hidden)
    h.retain_grad()
    states.append(h)

loss = h.sum()
loss.backward()

for t, state in enumerate(states):
    print(t, state.grad)
