import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, SWALR, update_bn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
opt = torch.optim.SGD(model.parameters(), lr=0.1)
swa_model = AveragedModel(model)
swa_scheduler = SWALR(opt, swa_lr=0.05, anneal_epochs=2)
data = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(2)]
for epoch in range(4):
    for x, y in data:
        opt.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        opt.step()
    if epoch >= 2:
        swa_model.update_parameters(model)
        swa_scheduler.step()
update_bn([x for x, _ in data], swa_model)
print(swa_model.n_averaged, swa_model.module[0].weight, opt.param_groups[0]["lr"])
