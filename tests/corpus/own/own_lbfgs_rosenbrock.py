import torch
from torch import optim

def rosenbrock(x):
    return (1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2

x_lbfgs = torch.tensor([-1.5, 2.0], requires_grad=True)
optimizer = optim.LBFGS([x_lbfgs], history_size=10, max_iter=4, line_search_fn="strong_wolfe")
h_lbfgs = []
for i in range(4):
    optimizer.zero_grad()
    objective = rosenbrock(x_lbfgs)
    objective.backward()
    optimizer.step(lambda: rosenbrock(x_lbfgs))
    h_lbfgs.append(objective.item())
print(h_lbfgs)
print(x_lbfgs)
