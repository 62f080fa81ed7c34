import torch
import torch.nn.functional as F

torch.manual_seed(42)
x = torch.ones(5)
y = torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)

z = torch.matmul(x, w) + b
loss = F.binary_cross_entropy_with_logits(z, y)
loss.backward()

print(loss)
print(w.grad)
print(b.grad)
