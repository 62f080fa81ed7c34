import torch


class SGD:
    def __init__(self, params, lr=0.1, momentum=0.0, weight_decay=0.0):
        self.params = list(params)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [torch.zeros_like(p) for p in self.params]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.detach_()
                p.grad.zero_()

    @torch.no_grad()
    def step(self):
        for p, v in zip(self.params, self.v):
            g = p.grad + self.weight_decay * p
            v.mul_(self.momentum).add_(g)
            p.sub_(self.lr * v)


torch.manual_seed(0)
layer = torch.nn.Linear(2, 1)
opt = SGD(layer.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-3)
X = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
Y = torch.tensor([[0.], [1.], [1.], [2.]])
for i in range(5):
    loss = torch.mean((layer(X) - Y) ** 2)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print("%d: %.5f" % (i, loss))
