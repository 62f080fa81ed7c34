import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU())
for param in backbone.parameters():
    param.requires_grad = False
head = nn.Linear(8, 2)
model = nn.Sequential(backbone, head)
optimizer = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1)
print(len(optimizer.param_groups[0]["params"]))
before = backbone[0].weight.clone()
x, y = torch.randn(6, 4), torch.tensor([0, 1, 0, 1, 1, 0])
for _ in range(2):
    loss = nn.CrossEntropyLoss()(model(x), y)
    optimizer.zero_grad(); loss.backward(); optimizer.step()
print(torch.equal(before, backbone[0].weight), [p.grad is None for p in model.parameters()])
for name, child in model.named_children():
    print(name, type(child).__name__, sum(p.requires_grad for p in child.parameters()))
for p in model[0][2].parameters():
    p.requires_grad_(True)
optimizer.add_param_group({"params": model[0][2].parameters(), "lr": 0.001})
print([(len(g["params"]), g["lr"]) for g in optimizer.param_groups])
model[1] = nn.Linear(8, 5)
print(model)
del model[1]
print(len(model))
