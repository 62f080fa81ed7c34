import torch
x = torch.randn(3, requires_grad=True)
y = x.to(torch.float64)
z = (y * 2).sum()
z.backward()
print(x.grad is None, y.grad)
w = torch.nn.Parameter(torch.zeros(2))
v = w.clone()
(v.sum()).backward()
print(v.is_leaf, w.is_leaf, w.grad)
for name, t in [("x", x), ("w", w)]:
    print(f"{name!r:>5}: leaf={t.is_leaf} grad_fn={t.grad_fn}")
