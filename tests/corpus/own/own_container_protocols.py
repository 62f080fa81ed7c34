import torch
from torch import nn


class History:
    def __init__(self):
        self._data = {}

    def __setitem__(self, k, v):
        self._data.setdefault(k, []).append(v)

    def __getitem__(self, k):
        return self._data[k]

    def __contains__(self, k):
        return k in self._data

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __getattr__(self, name):
        if name.startswith("last_"):
            return self._data[name[5:]][-1]
        raise AttributeError(name)

    def __call__(self, **kw):
        for k, v in kw.items():
            self[k] = v

    def __bool__(self):
        return bool(self._data)

    def __del__(self):
        pass


class AttrDict(dict):
    def __getattr__(self, k):
        try:
            return self[k]
        except KeyError:
            raise AttributeError(k)

    def __setattr__(self, k, v):
        self[k] = v


class Stack(list):
    def push(self, x):
        self.append(x)
        return self


class MyList(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        for i, l in enumerate(layers):
            self.add_module(str(i), l)

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, i):
        return list(self._modules.values())[i]

    def forward(self, x):
        for l in self._modules.values():
            x = l(x)
        return x


h = History()
print(bool(h))
h(loss=1.0, acc=0.5)
h["loss"] = 0.5
print(h.last_loss, "acc" in h, list(h), len(h), h["loss"])
cfg = AttrDict(lr=0.1)
cfg.hidden = 4
print(cfg.lr, cfg["hidden"], cfg)
torch.manual_seed(0)
net = MyList(nn.Linear(2, cfg.hidden), nn.ReLU(), nn.Linear(cfg.hidden, 1))
net(torch.ones(1, 2)).sum().backward()
print(len(net), net[0].weight.grad, Stack().push(1).push(2))
class Vec:
    def __init__(self, *xs): self.xs = xs
    def __iter__(self): yield from self.xs
    def __matmul__(self, o): return sum(a * b for a, b in zip(self, o))
    def __rmul__(self, k): return Vec(*(k * x for x in self))
    def __iadd__(self, o): self.xs = tuple(a + b for a, b in zip(self, o)); return self
    def __format__(self, spec): return "<" + ", ".join(format(x, spec) for x in self) + ">"
v = 2 * Vec(1, 2)
v += Vec(1, 1)
print(f"{v:.1f}", v @ v, *v)
