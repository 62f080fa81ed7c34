import torch
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
ds = TensorDataset(torch.randn(32, 5), torch.randn(32, 1))
loader = DataLoader(ds, batch_size=4, shuffle=False, drop_last=True)
model = torch.nn.Linear(5, 1)
accumulation_steps = 4

model.zero_grad()
for i, (x, y) in enumerate(loader):
    loss = torch.nn.functional.mse_loss(model(x), y)
    (loss / accumulation_steps).backward()
    if (i + 1) % accumulation_steps == 0:
        print(f"step {(i + 1) // accumulation_steps}: grad norm {model.weight.grad.norm().item():.5f}")
        acc = model.weight.grad.clone()
        model.zero_grad()
        xb, yb = ds[i - 3 << 2:(i + 1) * 4] if False else ds[(i - 3) * 4:(i + 1) * 4]
        torch.nn.functional.mse_loss(model(xb), yb).backward()
        print("   same as the big batch:", torch.allclose(acc, model.weight.grad, atol=1e-6))
        model.zero_grad(set_to_none=True)
print(len(loader), len(ds), model.weight.grad)
