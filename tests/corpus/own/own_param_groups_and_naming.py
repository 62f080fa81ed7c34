import torch
import torch.nn as nn

model = nn.Sequential()
model.add_module("body", nn.Linear(3, 3))
model.add_module("head", nn.Linear(3, 1))
no_decay = ["bias"]
groups = [
    {"params": [p for n, p in model.named_parameters() if not any(nd in n for nd in no_decay)], "weight_decay": 0.1},
    {"params": [p for n, p in model.named_parameters() if any(nd in n for nd in no_decay)], "weight_decay": 0.0},
]
optimizer = torch.optim.AdamW(groups, lr=1e-3)
print([len(g["params"]) for g in optimizer.param_groups])
print(model.get_submodule("body"), model.get_parameter("head.bias").shape, model.head.weight.shape)
for n, m in model.named_modules():
    print(repr(n), m.__class__.__name__)
total = sum(p.numel() for p in model.parameters())
print("{:<20}{:>10}".format("total", total))
for name, p in model.named_parameters():
    print(f"{name:<20}{str(list(p.shape)):>10}{p.requires_grad!s:>8}")
model.register_buffer("steps", torch.tensor(0))
model.steps += 1
print(model.state_dict()["steps"], list(model.state_dict().keys())[-1], dict(model.named_buffers()))
model.double()
print(next(model.parameters()).dtype, model.train(False).training)
model.float().half().to(torch.float32)
print(len(list(model.children())), model.body is model[0], model._modules.keys())
for p in model.parameters():
    p.data.fill_(0.5)
model(torch.ones(1, 3)).backward()
print({n: p.grad.sum().item() for n, p in model.named_parameters()})
