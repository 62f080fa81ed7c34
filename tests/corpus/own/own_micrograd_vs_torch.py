import torch

def test_sanity_check():
    x = torch.Tensor([-4.0]).double()
    x.requires_grad = True
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    return x, y

def test_more_ops():
    a = torch.Tensor([-4.0]).double()
    b = torch.Tensor([2.0]).double()
    a.requires_grad = True
    b.requires_grad = True
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g = g + 10.0 / f
    g.backward()
    return a, b, g

xpt, ypt = test_sanity_check()
print(xpt.grad.item(), ypt.data.item())
apt, bpt, gpt = test_more_ops()
tol = 1e-6
assert abs(gpt.data.item() - 24.70408163265306) < tol
assert abs(apt.grad.item() - 138.83381924198252) < tol
print('%.4f' % gpt.item(), '%.4f' % apt.grad.item(), '%.4f' % bpt.grad.item())
