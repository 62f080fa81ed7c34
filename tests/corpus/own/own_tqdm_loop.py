import torch
from torch import nn
from tqdm import tqdm, trange
from tqdm.auto import tqdm as tq

torch.manual_seed(0)
model = nn.Linear(1, 1)
opt = torch.optim.Adam(model.parameters(), lr=0.1)
x = torch.arange(5.).view(-1, 1)
pbar = tqdm(range(5), desc="training")
for epoch in pbar:
    loss = nn.functional.l1_loss(model(x), 3 * x)
    opt.zero_grad()
    loss.backward()
    opt.step()
    pbar.set_description(f"loss {loss.item():.3f}")
    pbar.set_postfix(loss=loss.item(), lr=0.1)
for i in trange(3, leave=False):
    pass
with tqdm(total=4) as bar:
    for _ in range(4):
        bar.update(1)
for xb in tq([1, 2], total=2):
    tqdm.write(str(xb)) if False else None
print(f"{loss.item():.5f}")
