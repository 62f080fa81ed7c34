# Hooks of every kind
import torch
from torch import nn
torch.manual_seed(0)
log = []
x = torch.tensor([1., 2.], requires_grad=True)
y = x * 3
h1 = y.register_hook(lambda g: log.append(("h1", g.tolist())))
h2 = y.register_hook(lambda g: g * 2)
h3 = x.register_hook(lambda g: log.append(("x", g.tolist())))
y.sum().backward(); print(log, x.grad); log.clear()
h1.remove(); h3.remove()
def pre(grads): log.append(("pre", [g.tolist() for g in grads])); return tuple(g + 1 for g in grads)
def post(gi, go): log.append(("post", len(gi), len(go)))
z = (x * 2).exp(); z.grad_fn.register_prehook(pre); z.grad_fn.register_hook(post)
z.sum().backward(); print(log); log.clear()
from torch.autograd.graph import register_multi_grad_hook
a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
hm = register_multi_grad_hook((a, b), lambda gs: print("multi", [None if g is None else g.tolist() for g in gs]))
(a * 2 + b).sum().backward(); (a * 5).sum().backward(); hm.remove()
ha = register_multi_grad_hook([a, b], lambda g: print("any", g.tolist()), mode="any")
(a + b).sum().backward(); ha.remove()
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(inplace=False), nn.Linear(3, 1))
def fpre(m, args): print("fpre", type(m).__name__); return (args[0] + 1,)
def fpost(m, args, out): return out * 2
def fkw(m, args, kwargs, out): print("kw", sorted(kwargs)); return out
hs = [net[0].register_forward_pre_hook(fpre), net[0].register_forward_hook(fpost), net[2].register_forward_hook(fkw, with_kwargs=True)]
hs.append(net[2].register_full_backward_hook(lambda m, gi, go: (gi[0] * 0,)))
hs.append(net[1].register_full_backward_pre_hook(lambda m, go: print("bpre", go[0].shape)))
out = net(torch.ones(1, 2)); out.sum().backward()
print(net[0].weight.grad.abs().sum(), net[2].weight.grad.abs().sum() > 0)
for h in hs: h.remove()
with torch.autograd.graph.saved_tensors_hooks(lambda t: (log.append(t.shape), t)[1], lambda t: t):
    (x.sin() * y.detach()).sum().backward()
print(log)
class Counter:
    n = 0
    def __call__(self, module, inp, out): Counter.n += 1
net.apply(lambda m: m.register_forward_hook(Counter())); net(torch.ones(1, 2)); print(Counter.n)
p = nn.Parameter(torch.ones(2)); p.register_post_accumulate_grad_hook(lambda q: q.grad.mul_(10)); (p * 2).sum().backward(); print(p.grad)
try: (x * 2).register_post_accumulate_grad_hook(print)
except RuntimeError as e: print(e)
try: torch.ones(1).register_hook(print)
except RuntimeError as e: print(e)
g = torch.nn.modules.module.register_module_forward_hook(lambda m, i, o: print("global", type(m).__name__)); net[1](torch.ones(1)); g.remove()
def bad(g): raise ValueError("in hook")
q = x * 1; q.register_hook(bad)
q.sum().backward()
