"""A function of NumPy's inside an autograd.Function, its transforms, and tensor.new of values."""
import numpy as np
import torch
from numpy.fft import irfft2, rfft2


class Spectrum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, image):
        ctx.shape = image.shape
        values = rfft2(image.detach().numpy())
        return image.new(np.abs(values))

    @staticmethod
    def backward(ctx, upstream):
        return upstream.new(irfft2(upstream.numpy(), s=tuple(ctx.shape)))


torch.manual_seed(0)
image = torch.randn(4, 6, requires_grad=True)
spectrum = Spectrum.apply(image)
spectrum.sum().backward()
print(spectrum.shape, image.grad.norm())
cube = np.arange(24.0).reshape(2, 3, 4)
print(np.allclose(np.fft.ifftn(np.fft.fftn(cube)).real, cube), np.fft.rfftfreq(6))
print(np.fft.ifftshift(np.fft.fftshift(np.fft.fftfreq(5))), np.fft.hfft([1.0, 2.0]))
x = torch.zeros(2)
print(x.new((2, 3)), x.new([[4]]), x.new(cube[0, 0]), x.new(2, 3).shape, x.new(image.shape).shape)
