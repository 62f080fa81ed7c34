import torch
import torch.nn.functional as F


class Conv(object):

    @staticmethod
    def forward(x, w, b, conv_param):
        pad, stride = conv_param['pad'], conv_param['stride']
        N, C, H, W = x.shape
        F_, _, HH, WW = w.shape
        xp = F.pad(x, (pad,) * 4)
        Ho, Wo = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
        out = torch.zeros((N, F_, Ho, Wo), dtype=x.dtype, device=x.device)
        for n in range(N):
            for f in range(F_):
                for i in range(Ho):
                    for j in range(Wo):
                        out[n, f, i, j] = (xp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW] * w[f]).sum() + b[f]
        return out, (x, w, b, conv_param)

    @staticmethod
    def backward(dout, cache):
        x, w, b, conv_param = cache
        pad, stride = conv_param['pad'], conv_param['stride']
        xp = F.pad(x, (pad, pad, pad, pad))
        dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
        db = dout.sum(dim=(0, 2, 3))
        N, F_, Ho, Wo = dout.shape
        HH, WW = w.shape[2:]
        for n in range(N):
            for f in range(F_):
                for i in range(Ho):
                    for j in range(Wo):
                        window = xp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
                        dw[f] += window * dout[n, f, i, j]
                        dxp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW] += w[f] * dout[n, f, i, j]
        return dxp[:, :, pad:-pad, pad:-pad], dw, db


torch.manual_seed(0)
x = torch.randn(1, 2, 4, 4, dtype=torch.float64, requires_grad=True)
w = torch.randn(2, 2, 3, 3, dtype=torch.float64, requires_grad=True)
b = torch.randn(2, dtype=torch.float64, requires_grad=True)
out, cache = Conv.forward(x.detach(), w.detach(), b.detach(), {'pad': 1, 'stride': 2})
ref = F.conv2d(x, w, b, stride=2, padding=1)
print(torch.allclose(out, ref))
dout = torch.randn_like(out)
ref.backward(dout)
dx, dw, db = Conv.backward(dout, cache)
for mine, auto in zip((dx, dw, db), (x.grad, w.grad, b.grad)):
    print(f'{(mine - auto).abs().max().item() < 1e-10}')
