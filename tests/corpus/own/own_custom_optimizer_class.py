import torch
from torch.optim.optimizer import Optimizer


class MyAdam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        if not 0.0 <= lr:
            raise ValueError("Invalid learning rate: {}".format(lr))
        defaults = dict(lr=lr, betas=betas, eps=eps)
        super(MyAdam, self).__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state["step"] = 0
                    state["exp_avg"] = torch.zeros_like(p)
                    state["exp_avg_sq"] = torch.zeros_like(p)
                state["step"] += 1
                m, v = state["exp_avg"], state["exp_avg_sq"]
                m.mul_(beta1).add_(p.grad, alpha=1 - beta1)
                v.mul_(beta2).addcmul_(p.grad, p.grad, value=1 - beta2)
                m_hat = m / (1 - beta1 ** state["step"])
                v_hat = v / (1 - beta2 ** state["step"])
                p.add_(-group["lr"] * m_hat / (v_hat.sqrt() + group["eps"]))
        return loss


torch.manual_seed(0)
w1 = torch.randn(3, requires_grad=True)
w2 = w1.detach().clone().requires_grad_()
mine, theirs = MyAdam([w1], lr=0.1), torch.optim.Adam([w2], lr=0.1)
for _ in range(5):
    for w, opt in ((w1, mine), (w2, theirs)):
        loss = (w ** 2).sum()
        opt.zero_grad()
        loss.backward()
        opt.step()
print(torch.allclose(w1, w2), w1)
print(mine)
