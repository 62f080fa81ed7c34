from collections import OrderedDict
import numpy as np, torch
class Out(OrderedDict):
    def __getattr__(self, k):
        if k in self: return self[k]
        raise AttributeError(k)
    def to_tuple(self): return tuple(self[k] for k in self.keys())
o = Out(loss=1, logits=2); o["h"] = 3; print(o, o.loss, o.to_tuple(), list(o.items()), len(o), isinstance(o, dict)); o.move_to_end("loss"); print(list(o), o.popitem(), o)
class LRU(OrderedDict):
    def __init__(self, size): super().__init__(); self.size = size
    def put(self, k, v):
        self[k] = v; self.move_to_end(k)
        if len(self) > self.size: self.popitem(last=False)
l = LRU(2); [l.put(k, i) for i, k in enumerate("abca")]; print(l, l.size)
np.random.seed(0); xs = list("hello world"); np.random.shuffle(xs); print("".join(xs)); ys = [[1], [2], [3]]; np.random.shuffle(ys); print(ys)
print(np.random.choice(["a", "b", "c"]), np.random.choice(["x", "y"], p=[0.1, 0.9]), str(np.random.choice(["q", "r"])), np.random.rand())
rng = np.random.default_rng(1); zs = list(range(6)); rng.shuffle(zs); print(zs, rng.choice(["u", "v", "w"]), rng.random())
x = torch.ones(1, requires_grad=True); print([a for a in dir((x * 2).grad_fn) if a.startswith("_saved")], "next_functions" in dir((x * 2).grad_fn))
