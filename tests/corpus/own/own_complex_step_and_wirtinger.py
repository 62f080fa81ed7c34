import torch, cmath
z = torch.tensor(0.5 + 0.5j, requires_grad=True)
L = (z ** 2).abs()
L.backward()
print(z.grad, z.grad.real > 0)
f = lambda x: cmath.exp(x) / (cmath.sin(x) ** 3 + cmath.cos(x) ** 3)
h = 1e-20
print(round(f(1.5 + 1j * h).imag / h, 6))
w = torch.randn(2, 2, dtype=torch.cfloat, generator=torch.Generator().manual_seed(0))
print(w.real.shape, torch.view_as_real(w).shape, (w @ w.conj().T).imag.diagonal().abs().max() < 1e-6)
