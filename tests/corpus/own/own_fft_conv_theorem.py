import torch
torch.manual_seed(0)
x = torch.randn(8, requires_grad=True); k = torch.randn(3)
full = torch.fft.irfft(torch.fft.rfft(x, n=10) * torch.fft.rfft(k, n=10), n=10)
direct = torch.nn.functional.conv1d(x.view(1, 1, -1), k.flip(0).view(1, 1, -1), padding=2).flatten()
print(torch.allclose(full, direct, atol=1e-5))
full.pow(2).sum().backward(); g = x.grad.clone(); x.grad = None
direct.pow(2).sum().backward(); print(torch.allclose(g, x.grad, atol=1e-4))
power = torch.fft.fft(x.detach()).abs() ** 2
print(power[1:4], power[5:].flip(0), torch.angle(torch.tensor(1j)))
