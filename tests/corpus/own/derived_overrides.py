# Methods of PyTorch's that a class overrides and reaches again through super()
import torch
from torch import nn
class A(nn.Linear):
    def train(self, mode=True):
        print("train", mode); return super().train(mode)
    def eval(self):
        print("eval"); return super().eval()
    def to(self, *a, **k):
        print("to", a); return super().to(*a, **k)
    def cpu(self):
        print("cpu"); return super().cpu()
    def cuda(self, *a):
        print("cuda"); return self
    def state_dict(self, *a, **k):
        print("sd"); return super().state_dict(*a, **k)
    def load_state_dict(self, sd, strict=True):
        print("load"); return super().load_state_dict(sd, strict)
    def zero_grad(self, set_to_none=True):
        print("zg"); super().zero_grad(set_to_none)
    def extra_repr(self): return "hi " + super().extra_repr()
    def reset_parameters(self):
        print("reset"); super().reset_parameters()
    def forward(self, x): return super().forward(x) * 2
a = A(2, 3)
print(a)
print(a.train().eval().to(torch.float64).cpu().cuda())
print(a.load_state_dict(a.state_dict()))
a(torch.ones(1,2,dtype=torch.float64)).sum().backward(); a.zero_grad(); print(a.weight.grad)
a.reset_parameters()
b = nn.Sequential(a, nn.ReLU()); b.train(); b.eval(); b.to("cpu"); b.state_dict(); b.zero_grad()
class O(torch.optim.SGD):
    def step(self, closure=None):
        print("step"); return super().step(closure)
    def zero_grad(self, set_to_none=False):
        print("zg"); super().zero_grad(set_to_none)
    def state_dict(self):
        print("sd"); return super().state_dict()
    def load_state_dict(self, sd):
        print("load"); super().load_state_dict(sd)
    def add_param_group(self, g):
        print("apg", list(g)); super().add_param_group(g)
w = nn.Parameter(torch.ones(2)); v = nn.Parameter(torch.ones(1))
o = O([w], lr=.1, momentum=.9)
o.add_param_group({"params": [v]})
(w.sum()+v.sum()).backward()
o.step(); print(w, v); o.zero_grad(); print(w.grad)
o.load_state_dict(o.state_dict())
print(o.step(lambda: 3.0))
class P(torch.optim.Optimizer):
    def __init__(self, p): super().__init__(p, {"lr": 1.})
    def state_dict(self):
        d = super().state_dict(); d["x"] = 1; return d
    def load_state_dict(self, sd):
        print(sd.pop("x")); super().load_state_dict(sd)
    def zero_grad(self, *a):
        print("z"); super().zero_grad(*a)
    def step(self, closure=None):
        for g in self.param_groups:
            for p in g["params"]: p.data.add_(p.grad, alpha=-g["lr"])
p = P([w]); (w**2).sum().backward(); p.step(); print(w); p.zero_grad(); p.load_state_dict(p.state_dict())
class S(torch.optim.lr_scheduler.StepLR):
    def step(self, epoch=None):
        print("s"); super().step()
    def get_lr(self):
        return [x + 1 for x in super().get_lr()]
    def state_dict(self):
        print("sd"); return super().state_dict()
    def load_state_dict(self, sd):
        print("load"); super().load_state_dict(sd)
opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.)
s = S(opt, 1); opt.step(); s.step(); print(s.get_last_lr()); s.load_state_dict(s.state_dict())
