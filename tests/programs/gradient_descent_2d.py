"""Minimising the Rosenbrock function; the path kept as a list."""
import torch

def rosenbrock(x, y, a=1.0, b=100.0):
    return (a - x) ** 2 + b * (y - x ** 2) ** 2

p = torch.tensor([-1.0, 1.5], requires_grad=True)
opt = torch.optim.Adam([p], lr=0.05)
path = [p.detach().clone()]
for step in range(150):
    opt.zero_grad()
    loss = rosenbrock(*p)
    loss.backward()
    opt.step()
    path.append(p.detach().clone())
    if step % 50 == 49:
        print(step + 1, p.data, f"{loss.item():.6f}")
path = torch.stack(path)
print(path.shape, path[-1])
