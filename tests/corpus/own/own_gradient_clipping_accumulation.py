import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_, parameters_to_vector, vector_to_parameters

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
accumulation_steps = 2
x = torch.randn(8, 4)
y = torch.randint(0, 2, (8,))
for i, (xb, yb) in enumerate(zip(x.split(2), y.split(2))):
    loss = criterion(model(xb), yb) / accumulation_steps
    loss.backward()
    if (i + 1) % accumulation_steps == 0:
        total_norm = clip_grad_norm_(model.parameters(), max_norm=0.5)
        print(f"step {i}: norm before {total_norm:.4f}")
        optimizer.step()
        optimizer.zero_grad()
loss = criterion(model(x), y)
loss.backward()
norms = [p.grad.detach().norm(2) for p in model.parameters() if p.grad is not None]
print(torch.norm(torch.stack(norms), 2))
clip_grad_value_(model.parameters(), 0.01)
print(max(p.grad.abs().max().item() for p in model.parameters()))
vec = parameters_to_vector(model.parameters())
vector_to_parameters(vec * 0.5, model.parameters())
print(vec.shape, torch.nn.utils.get_total_norm([p.grad for p in model.parameters()]))
