"""A recurrent cell unrolled over a loop; the gradient reaches back through every step."""
import torch

torch.manual_seed(11)
T, n_x, n_h = 6, 3, 4
xs = torch.randn(T, n_x)
W_xh = (torch.randn(n_x, n_h) * 0.5).requires_grad_()
W_hh = (torch.randn(n_h, n_h) * 0.5).requires_grad_()
b_h = torch.zeros(n_h, requires_grad=True)
h = torch.zeros(n_h)
states = []
for t in range(T):
    h = torch.tanh(xs[t] @ W_xh + h @ W_hh + b_h)
    h.retain_grad()
    states.append(h)
loss = h.pow(2).sum()
loss.backward()
for t, s in enumerate(states):
    print(f"step {t}: |dL/dh| = {s.grad.norm():.4f}")
print(W_hh.grad)
print(W_xh.grad.shape, b_h.grad.sum())
