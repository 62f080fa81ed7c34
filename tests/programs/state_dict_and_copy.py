"""state_dict, load_state_dict, deepcopy, modules and children."""
import copy
import torch
import torch.nn as nn
from collections import OrderedDict

torch.manual_seed(13)
model = nn.Sequential(OrderedDict([("fc1", nn.Linear(2, 3)), ("act", nn.Tanh()), ("fc2", nn.Linear(3, 1))]))
print(model)
sd = model.state_dict()
for k in sd:
    print(k, tuple(sd[k].shape))
other = copy.deepcopy(model)
with torch.no_grad():
    for p in other.parameters():
        p.add_(1.0)
x = torch.ones(1, 2)
print(torch.equal(model(x), other(x)))
other.load_state_dict(model.state_dict())
print(torch.equal(model(x), other(x)))
print([type(m).__name__ for m in model.modules()])
print([n for n, _ in model.named_children()])
print(model.fc1.in_features, model.fc1.out_features, model.training, model.eval().training)
def init(m):
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 0.5)
        nn.init.zeros_(m.bias)
model.apply(init)
print(model(x))
print(len(model), model[0].bias)
