# Optimizers made from PyTorch's own, with schedules
import torch
from torch import nn
class O(torch.optim.Optimizer):
    def __init__(self, ps, lr): super().__init__(ps, dict(lr=lr))
    def step(self, closure=None):
        for g in self.param_groups:
            for p in g["params"]:
                p.data -= g["lr"] * p.grad
class A(torch.optim.Adam):
    def __init__(self, ps, lr=1e-2, warm=3):
        super().__init__(ps, lr=lr, betas=(.8, .9)); self.warm = warm; self.n = 0
    def step(self, closure=None):
        self.n += 1
        for g in self.param_groups: g["lr"] = .1 * min(1, self.n / self.warm)
        return super().step(closure)
class L(torch.optim.LBFGS): pass
for C in (lambda w: O([w], 1.), lambda w: A([w]), lambda w: A(params=[w]) if False else A([{"params": w, "lr": 3}]), lambda w: L([w], max_iter=3)):
    w = nn.Parameter(torch.tensor([1., 2.]))
    o = C(w); s = torch.optim.lr_scheduler.StepLR(o, 2, .5)
    def closure():
        o.zero_grad(); l = (w**4).sum(); l.backward(); return l
    for i in range(4):
        closure(); print(o.step(closure)if not isinstance(o, O) else o.step()); s.step(); print(w.data, s.get_last_lr())
    print(o)
    print(isinstance(o, torch.optim.Adam), type(o).__mro__[1].__name__)
try: A()
except TypeError as e: print(e)
try: O()
except TypeError as e: print(e)
class Q(torch.optim.SGD):
    def __init__(self): super().__init__()
try: Q()
except TypeError as e: print(e)
class Q(torch.optim.Optimizer):
    def __init__(self): super().__init__()
try: Q()
except TypeError as e: print(e)
class Q(torch.optim.Optimizer):
    def __init__(self): super().__init__([], {})
Q()
