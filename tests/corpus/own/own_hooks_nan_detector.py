import torch
from torch import nn


class NaNDetected(Exception):
    pass


def nan_hook(self, inp, output):
    outputs = output if isinstance(output, tuple) else (output,)
    for i, out in enumerate(outputs):
        nan_mask = torch.isnan(out)
        if nan_mask.any():
            raise NaNDetected(f"In {self.__class__.__name__}: NAN in output {i} at {nan_mask.nonzero().tolist()}")


class Log(nn.Module):
    def forward(self, x):
        return torch.log(x)


model = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), Log(), nn.Linear(2, 1))
with torch.no_grad():
    for p in model.parameters():
        p.fill_(0.5)
for sub in model.modules():
    sub.register_forward_hook(nan_hook)
print(model(torch.tensor([[1.0, 1.0]])).item().__class__)
try:
    model(torch.tensor([[-5.0, 1.0]]))
except NaNDetected as e:
    print(e)
x = torch.tensor([0.0, 1.0], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    try:
        y = torch.sqrt(x) * 0
        y.sum().backward()
    except RuntimeError as e:
        print(e)
g = []
x.register_hook(lambda grad: g.append(torch.nan_to_num(grad)) or torch.nan_to_num(grad))
x.grad = None
(torch.sqrt(x) * 0).sum().backward()
print(x.grad, g)
