import torch


class FixedPoint(torch.autograd.Function):
    @staticmethod
    def forward(ctx, w, b):
        z = torch.zeros_like(b)
        for k in range(100):
            z_next = torch.tanh(w @ z + b)
            if (z_next - z).abs().max() < 1e-10:
                break
            z = z_next
        ctx.save_for_backward(w, b, z)
        return z

    @staticmethod
    def backward(ctx, grad_output):
        w, b, z = ctx.saved_tensors
        with torch.enable_grad():
            z0 = z.detach().requires_grad_()
            w0, b0 = w.detach().requires_grad_(), b.detach().requires_grad_()
            fz = torch.tanh(w0 @ z0 + b0)
        J = torch.stack([torch.autograd.grad(fz[i], z0, retain_graph=True)[0] for i in range(len(z))])
        u = torch.linalg.solve((torch.eye(len(z), dtype=z.dtype) - J).T, grad_output)
        gw, gb = torch.autograd.grad(fz, (w0, b0), grad_outputs=u)
        return gw, gb


torch.manual_seed(0)
w = (0.3 * torch.randn(4, 4, dtype=torch.double)).requires_grad_()
b = torch.randn(4, dtype=torch.double, requires_grad=True)
z = FixedPoint.apply(w, b)
z.sum().backward()
implicit = b.grad.clone()
b.grad = None
zz = torch.zeros(4, dtype=torch.double)
for _ in range(200):
    zz = torch.tanh(w @ zz + b)
zz.sum().backward()
print("implicit :", implicit)
print("unrolled :", b.grad)
print("match:", torch.allclose(implicit, b.grad, atol=1e-6))
print(torch.autograd.gradcheck(FixedPoint.apply, (w, b), atol=1e-4))
