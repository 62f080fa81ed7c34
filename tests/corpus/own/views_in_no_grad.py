import torch
p = torch.ones(3, requires_grad=True)


def upd(p):
    with torch.no_grad():
        v = p[:]
        v -= .1
        u = p[:2].mul_(3).add_(1)
        q = v * 2
        w = v.clone()
        z = v.view(-1)
        print(q, w.sum(), u.data, z.data)
        n = v.data
        m = v.detach()
        r = [v, u]
        s = sum(r[0])
        t = torch.stack([v, v])
        v.copy_(w)
        v[0] = 5
        v[1] += 1
        v.zero_()
        del n
        return v, u


for i in range(3):
    upd(p)
    (p * 2).sum().backward()
def parts(p):
    with torch.no_grad():
        for row in p.view(3, 1):
            row *= 2
            row += 1
        a, b, c = p
        a += 1; b.mul_(2); c.fill_(3)
        a = p[0]
        a -= 1
        a = a + 1
    with torch.no_grad():
        p[1:].clamp_(min=0)
        p[1:] = p[1:].clamp(min=0)
        g = p[0:2]
        g *= 0.5
        g /= 3
        h = g


parts(p)
loss = (p ** 2).sum()
loss.backward()
print(p.grad, p)
