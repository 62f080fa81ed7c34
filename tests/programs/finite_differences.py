"""Central differences against autograd, over step sizes and precisions."""
import torch

def f(x):
    return torch.sin(x) * torch.exp(-x)

for dtype in (torch.float32, torch.float64):
    x = torch.tensor(1.3, dtype=dtype, requires_grad=True)
    f(x).backward()
    exact = x.grad.item()
    with torch.no_grad():
        for k in range(1, 10, 2):
            h = 10.0 ** -k
            approx = ((f(x + h) - f(x - h)) / (2 * h)).item()
            print(f"{str(dtype):<14} h=1e-{k} error {abs(approx - exact):.2e}")
