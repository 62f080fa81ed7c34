# In place, on views and leaves
import torch
def attempt(name, f):
    try: print(name, f())
    except RuntimeError as e: print(name, "->", str(e).split(".")[0][:90])
a = torch.arange(6., requires_grad=True)
def f1():
    b = a * 1; v = b[:3]; v *= 2; b.sum().backward(); g = a.grad.tolist(); a.grad = None; return g, v.grad_fn.name(), b.grad_fn.name()
def f2():
    b = a * 1; v1, v2 = b.chunk(2); v1.add_(1); return b.sum()
def f3():
    b = a.exp(); b.add_(1); b.sum().backward()
def f4():
    b = a.clone(); b[1:3] = b[2:4] ** 2; b.sum().backward(); g = a.grad.tolist(); a.grad = None; return g
def f5():
    b = a * 1; b.detach_(); return b.requires_grad, b.grad_fn
def f6():
    b = a * 2; c = b.view(2, 3); c.t_(); return c.shape, c._is_view(), c._base is b
def f7():
    b = a * 2; b.retain_grad(); b.mul_(3); b.sum().backward(); g = b.grad.tolist(), a.grad.tolist(); a.grad = None; return g
def f8():
    b = a * 2; b.requires_grad_(False)
def f9():
    b = a.detach(); b.zero_(); return a.tolist(), a._version
def f10():
    with torch.no_grad(): a.copy_(torch.arange(6.)); a.add_(0)
    return a._version, a.requires_grad
def f11():
    b = (a * 2).unbind(); b[0].add_(1)
def f12():
    b = torch.zeros(3); b[0] = a[1]; b[1:] = a[2:4]; b.sum().backward(); g = b.requires_grad, a.grad.tolist(); a.grad = None; return g
def f13():
    m = torch.nn.Linear(2, 2); m.weight.data = torch.eye(2); x = torch.ones(1, 2); y = m(x); m.weight.data.zero_(); y.sum().backward(); return m.weight.grad.tolist()
def f14():
    w = torch.ones(2, requires_grad=True); y = (w * w).sum(); w.data.add_(1); y.backward(); return w.grad.tolist()
def f15():
    w = torch.ones(2, requires_grad=True); y = (w * w).sum()
    with torch.no_grad(): w.add_(1)
    y.backward()
def f16():
    w = torch.ones(2, requires_grad=True); w2 = w.detach().requires_grad_(); (w2 * 2).sum().backward(); return w.grad, w2.grad.tolist(), w.data_ptr() == w2.data_ptr()
def f17():
    s = torch.zeros(2, 2); s.fill_diagonal_(1.); s.index_fill_(0, torch.tensor([0]), 5.); s.masked_fill_(s == 5, a[1]); return s.requires_grad, s.grad_fn.name()
def f18():
    x = torch.ones(2, 2, requires_grad=True); y = x.expand(3, 2, 2).clone(); y[0].mul_(0); y.sum().backward(); return x.grad.tolist()
for i in range(1, 19): attempt(f"f{i}", globals()[f"f{i}"])
