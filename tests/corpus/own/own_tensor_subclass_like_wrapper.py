import torch
class Tracked:
    log = []
    def __init__(self, t): self.t = t
    def __getattr__(self, name):
        attr = getattr(self.t, name)
        if callable(attr):
            def wrapped(*a, **k):
                Tracked.log.append(name)
                out = attr(*a, **k)
                return Tracked(out) if isinstance(out, torch.Tensor) else out
            return wrapped
        return attr
    def __mul__(self, o): Tracked.log.append('mul'); return Tracked(self.t * (o.t if isinstance(o, Tracked) else o))
x = torch.tensor([1., 2.], requires_grad=True)
y = (Tracked(x) * 3).exp().sum()
y.backward()
print(Tracked.log, x.grad, y.shape)
