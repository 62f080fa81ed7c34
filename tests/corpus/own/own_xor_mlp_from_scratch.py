import torch

torch.manual_seed(2)
X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
Y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
W1, b1 = torch.randn(2, 4), torch.zeros(4)
W2, b2 = torch.randn(4, 1), torch.zeros(1)
parameters = [W1, b1, W2, b2]
for p in parameters:
    p.requires_grad = True
lossi = []
for i in range(30):
    h = torch.tanh(X @ W1 + b1)
    logits = h @ W2 + b2
    loss = -(Y * logits.sigmoid().log() + (1 - Y) * (1 - logits.sigmoid()).log()).mean()
    for p in parameters:
        p.grad = None
    loss.backward()
    lr = 0.5 if i < 20 else 0.05
    for p in parameters:
        p.data += -lr * p.grad
    lossi.append(loss.log10().item())
print(f"{sum(p.nelement() for p in parameters)} parameters, loss {loss.item():.4f}")
print(torch.tensor(lossi).view(-1, 10).mean(1))
print((logits > 0).int().flatten().tolist())
