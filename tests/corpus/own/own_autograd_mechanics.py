import torch
from torch.autograd.graph import saved_tensors_hooks, save_on_cpu, register_multi_grad_hook, get_gradient_edge, increment_version, disable_saved_tensors_hooks, Node
x = torch.randn(5, requires_grad=True, generator=None)
torch.manual_seed(0)
x = torch.randn(5, requires_grad=True)
y = x.pow(2)
print(x.equal(y.grad_fn._saved_self))
print(x is y.grad_fn._saved_self)
y = x.exp()
print(y.equal(y.grad_fn._saved_result), y is y.grad_fn._saved_result)
print(y.grad_fn.next_functions, isinstance(y.grad_fn, Node))
def pack(t): print('pack', tuple(t.shape)); return t.half()
def unpack(t): print('unpack', t.dtype); return t.float()
with saved_tensors_hooks(pack, unpack):
    z = (x * x.sin()).sum()
z.backward()
print(x.grad)
with save_on_cpu(pin_memory=False):
    w = (x ** 3).sum()
w.backward()
a, b = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
h = register_multi_grad_hook((a, b), lambda gs: print('multi', gs))
(a * b).sum().backward()
h.remove()
edge = get_gradient_edge(a)
out = (a * 3).sum()
print(torch.autograd.grad(out, edge), edge.output_nr)
try:
    with disable_saved_tensors_hooks("no hooks please"):
        with saved_tensors_hooks(pack, unpack): pass
except RuntimeError as e: print(e)
t = torch.ones(2, requires_grad=True).exp()
increment_version(t); print(t._version)
try: t.sum().backward()
except RuntimeError as e: print(str(e)[:90])
with torch.inference_mode():
    i = torch.ones(2) * 2
print(i.is_inference())
try: (i * a).sum().backward()
except RuntimeError as e: print(e)
print(torch.is_grad_enabled(), torch.is_inference_mode_enabled())
v = torch.ones(3, requires_grad=True)
with torch.no_grad(): q = v * 2
print(q.requires_grad, q.is_leaf, q._base, v[1:]._base is v, v[1:]._is_view(), v.view(-1).grad_fn)
s = torch.ones(2, 2, requires_grad=True)
r = s.sum(); r.backward(inputs=[s]); print(s.grad)
torch.autograd.backward([s.sum(), (s * 2).sum()]); print(s.grad)
torch.autograd.backward((s * 2), grad_tensors=torch.full((2, 2), .5)); print(s.grad)
l = torch.nn.Linear(2, 1); l.requires_grad_(False); print(l(torch.ones(1, 2)).requires_grad)
c = torch.tensor(2., requires_grad=True); d = c.clone().detach().requires_grad_(True); print(d.is_leaf, d.grad)
print(torch.autograd.functional.hessian(lambda p: (p ** 3).sum(), torch.ones(2)))
del s.grad; print(s.grad)
u = torch.tensor([1., 2.], requires_grad=True); m = u * 2; m.retain_grad(); (m ** 2).sum().backward(); print(m.grad, m.retains_grad, u.grad)
with torch.enable_grad(): print((u * 1).requires_grad)
@torch.enable_grad()
def f(k): return k * 2
with torch.no_grad(): print(f(u).requires_grad)
print(torch.autograd.grad([u.sum(), u.prod()], u, grad_outputs=[torch.tensor(1.), torch.tensor(2.)]))
print(torch.autograd.grad(u * u, u, torch.eye(2), is_grads_batched=True))
