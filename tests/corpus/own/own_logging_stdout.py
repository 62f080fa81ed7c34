import logging
import sys
import torch

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="[%(levelname)s] %(name)s: %(message)s")
log = logging.getLogger("train")
log.setLevel(logging.DEBUG)
torch.manual_seed(0)
w = torch.randn(3, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
for step in range(3):
    loss = (w ** 2).sum()
    opt.zero_grad()
    loss.backward()
    log.debug("step %d grad %s", step, [round(g, 3) for g in w.grad.tolist()])
    opt.step()
    log.info("step %d loss %.4f", step, loss.item())
if loss > 0:
    log.warning("loss is still %s", "positive")
try:
    1 / 0
except ZeroDivisionError as e:
    log.error(f"caught {e}")
logging.info("done")
