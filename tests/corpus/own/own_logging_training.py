import logging
import torch
import torch.nn as nn

logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(levelname)s - %(message)s')
logger = logging.getLogger(__name__)

torch.manual_seed(0)
model = nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
x = torch.randn(20, 3)
y = x @ torch.tensor([[1.0], [2.0], [3.0]])
logger.info("starting training with %d samples", len(x))
best = float("inf")
for epoch in range(4):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    if loss.item() < best:
        best = loss.item()
        logger.debug(f"new best {best}")
    logging.info(f"epoch {epoch}: loss={loss.item():.4f}")
    print(f"{epoch:02d} | {loss.item():>10.4f} | {best:<10.3e} | {'*' * int(loss.item())}")
logger.warning("done")
