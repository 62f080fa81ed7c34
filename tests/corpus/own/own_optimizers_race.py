import torch
from torch import optim

def beale(p):
    x, y = p
    return (1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2

configs = [
    (optim.SGD, dict(lr=0.01)), (optim.SGD, dict(lr=0.01, momentum=0.9, nesterov=True)), (optim.Adagrad, dict(lr=0.1)),
    (optim.RMSprop, dict(lr=0.01, alpha=0.9, centered=True)), (optim.Adam, dict(lr=0.1, amsgrad=True)), (optim.AdamW, dict(lr=0.1, weight_decay=0.01)),
    (optim.Adamax, dict(lr=0.1)), (optim.NAdam, dict(lr=0.1)), (optim.RAdam, dict(lr=0.1)), (optim.Adadelta, dict(lr=1.0)), (optim.Rprop, dict(lr=0.01)), (optim.ASGD, dict(lr=0.01)),
]
for cls, kw in configs:
    p = torch.tensor([1.0, 1.0], requires_grad=True)
    opt = cls([p], **kw)
    for _ in range(8):
        opt.zero_grad()
        loss = beale(p)
        loss.backward()
        opt.step()
    print(f"{cls.__name__:<10s} {loss.item():9.5f} {[round(v, 4) for v in p.tolist()]}", sorted(opt.state[p]) if p in opt.state else "")
print(opt.defaults["lr"], type(opt.state_dict()["state"][0]["step"]).__name__)
q = torch.zeros(2, requires_grad=True)
opt = optim.SGD([{"params": [p]}, {"params": [q], "lr": 1.0}], lr=0.1)
for g in opt.param_groups:
    print({k: v for k, v in g.items() if k in ("lr", "momentum", "maximize")})
print(opt)
