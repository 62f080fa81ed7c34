import torch
from torch.optim.optimizer import Optimizer


class Lion(Optimizer):
    r"""Implements Lion algorithm."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        if not 0.0 <= lr:
            raise ValueError('Invalid learning rate: {}'.format(lr))
        if not 0.0 <= betas[0] < 1.0:
            raise ValueError('Invalid beta parameter at index 0: {}'.format(betas[0]))
        defaults = dict(lr=lr, betas=betas, weight_decay=weight_decay)
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None:
                    continue
                p.data.mul_(1 - group['lr'] * group['weight_decay'])
                grad = p.grad
                state = self.state[p]
                if len(state) == 0:
                    state['exp_avg'] = torch.zeros_like(p)
                exp_avg = state['exp_avg']
                beta1, beta2 = group['betas']
                update = exp_avg * beta1 + grad * (1 - beta1)
                p.add_(update.sign_(), alpha=-group['lr'])
                exp_avg.mul_(beta2).add_(grad, alpha=1 - beta2)
        return loss


torch.manual_seed(0)
model = torch.nn.Linear(3, 1)
X = torch.randn(32, 3)
y = X @ torch.tensor([[1.], [-2.], [0.5]])
opt = Lion(model.parameters(), lr=0.02, weight_decay=1e-3)


def closure():
    opt.zero_grad()
    loss = torch.nn.functional.mse_loss(model(X), y)
    loss.backward()
    return loss


for i in range(60):
    loss = opt.step(closure)
    if i % 20 == 0:
        print(i, round(loss.item(), 4))
print(model.weight.data)
print(list(opt.state[model.weight].keys()), opt.state_dict()['param_groups'])
try:
    Lion(model.parameters(), lr=-1)
except ValueError as e:
    print(e)
print(opt)
