"""Forward and backward of a two-layer net by hand, against autograd."""
import torch

torch.manual_seed(2147483647)
n, d, h = 8, 3, 5
X, Y = torch.randn(n, d), torch.randint(0, 4, (n,))
W1 = torch.randn(d, h) * 0.2
b1 = torch.randn(h) * 0.1
W2 = torch.randn(h, 4) * 0.2
b2 = torch.randn(4) * 0.1
parameters = [W1, b1, W2, b2]
for p in parameters:
    p.requires_grad = True

hpre = X @ W1 + b1
hact = torch.tanh(hpre)
logits = hact @ W2 + b2
logit_maxes = logits.max(1, keepdim=True).values
counts = (logits - logit_maxes).exp()
probs = counts / counts.sum(1, keepdims=True)
logprobs = probs.log()
loss = -logprobs[range(n), Y].mean()
for t in [logprobs, probs, counts, logits, hact, hpre]:
    t.retain_grad()
loss.backward()

def cmp(s, dt, t):
    ex = torch.all(dt == t.grad).item()
    app = torch.allclose(dt, t.grad, atol=1e-6)
    print(f'{s:8s} | approximate: {str(app):5s}')

dlogits = torch.softmax(logits, 1).detach()
dlogits[range(n), Y] -= 1
dlogits /= n
dhact = dlogits @ W2.T
dhpre = (1.0 - hact**2) * dhact
cmp('logits', dlogits, logits)
cmp('hact', dhact, hact)
cmp('hpre', dhpre, hpre)
cmp('W2', hact.T @ dlogits, W2)
cmp('b2', dlogits.sum(0), b2)
cmp('W1', X.T @ dhpre, W1)
cmp('b1', dhpre.sum(0), b1)
print(f"{loss.item():.6f}")
