import torch
from torch import nn, optim

torch.manual_seed(0)


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 8, 3, padding=1, stride=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(8, 1000)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.relu(self.conv2(x))
        return self.fc(torch.flatten(self.pool(x), 1))


model = Backbone()
for param in model.parameters():
    param.requires_grad = False
num_ftrs = model.fc.in_features
model.fc = nn.Linear(num_ftrs, 3)
trainable = [n for n, p in model.named_parameters() if p.requires_grad]
print("trainable:", trainable)
opt = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1, momentum=0.9)
x, y = torch.randn(6, 1, 8, 8), torch.tensor([0, 1, 2, 0, 1, 2])
before = {k: v.clone() for k, v in model.state_dict().items()}
for _ in range(3):
    opt.zero_grad()
    loss = nn.CrossEntropyLoss()(model(x), y)
    loss.backward()
    opt.step()
for k, v in model.state_dict().items():
    print(f"{k:28} changed={not torch.equal(v, before[k])}")
for name, p in model.named_parameters():
    if name.startswith("conv2"):
        p.requires_grad_(True)
opt.add_param_group({"params": model.conv2.parameters(), "lr": 0.01})
print([len(g["params"]) for g in opt.param_groups], [g["lr"] for g in opt.param_groups])
nn.CrossEntropyLoss()(model(x), y).backward()
print(model.conv1.weight.grad, model.conv2.weight.grad.shape)
