import torch, time, os
try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:
    SummaryWriter = None
class DummyWriter:
    def add_scalar(self, tag, value, step): print(f"{tag}[{step}] {value:.3f}")
writer = DummyWriter()
step, w = 0, torch.tensor(5., requires_grad=True)
opt = torch.optim.Adagrad([w], lr=1.0)
while step < 3:
    loss = w ** 2 / 2
    opt.zero_grad(); loss.backward(); opt.step()
    writer.add_scalar("loss", loss, step)
    step += 1
