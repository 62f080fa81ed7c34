import torch
from tqdm import tqdm, trange
from torch import nn

torch.manual_seed(0)
model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
X = torch.randn(100, 2)
Y = X.sum(1, keepdim=True)
pbar = tqdm(range(20), desc="training", leave=False)
for epoch in pbar:
    loss = nn.functional.l1_loss(model(X), Y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    pbar.set_postfix(loss=loss.item())
    pbar.set_description(f"epoch {epoch}")
print(f"{loss.item():.4f}")
loader = torch.utils.data.DataLoader(list(zip(X, Y)), batch_size=25)
for xb, yb in tqdm(loader, total=len(loader)):
    print(xb.shape, yb.mean().item() > -10)
with tqdm(total=10) as bar:
    for i in range(5):
        bar.update(2)
for i in trange(2):
    tqdm.write(f"note {i}") if False else None
print(pbar.n if hasattr(pbar, "n") else 20)
