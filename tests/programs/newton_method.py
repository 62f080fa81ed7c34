"""Newton's method with second derivatives from autograd."""
import torch

x = torch.tensor(3.0, requires_grad=True)
for i in range(6):
    f = x ** 3 - 2 * x - 5
    df, = torch.autograd.grad(f, x, create_graph=True)
    ddf, = torch.autograd.grad(df, x)
    with torch.no_grad():
        step = f / df
        x -= step
    print(f"{i}: x = {x.item():.8f}, f = {f.item():.2e}, f' = {df.item():.4f}, f'' = {ddf.item():.4f}")
