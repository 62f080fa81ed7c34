import torch
z = torch.tensor([1+2j, 3-1j], requires_grad=True)
w = (z.abs()**2).sum(); w.backward(); print(z.grad, z.real, z.imag, z.conj(), 2j*3, (1+2j).real, torch.fft.fft(torch.ones(4)), torch.polar(torch.ones(1), torch.zeros(1)), torch.view_as_real(z))