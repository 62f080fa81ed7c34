import torch
import torch.nn as nn

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
print(f"Using {device} device", torch.cuda.device_count())
model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1)).to(device)
x = torch.randn(8, 4, device=device)
with torch.autocast(device_type="cpu", dtype=torch.bfloat16):
    out = model(x)
    print(out.dtype)
    loss = out.float().pow(2).mean()
loss.backward()
print(model[0].weight.grad.dtype, model[0].weight.dtype)
half = torch.tensor([1.0001, 70000.0, 1e-8])
print(half.half(), half.bfloat16(), torch.finfo(torch.float16).max, torch.finfo(torch.bfloat16).eps)
d = torch.ones(3, dtype=torch.float64, requires_grad=True)
f = torch.ones(3, requires_grad=True)
(d * f).sum().backward()
print(d.grad.dtype, f.grad.dtype, (d * f).dtype, torch.result_type(torch.ones(1, dtype=torch.int), 1.5), torch.promote_types(torch.float16, torch.int64))
print(torch.tensor([1, 2]) / 2, torch.tensor([7, -7]) // 2, torch.tensor(7) % 3, torch.tensor([1.5]).long(), torch.tensor([1, 0]).bool())
scale = 1024.0
(model(x).mean() * scale).backward()
for p in model.parameters():
    p.grad /= scale
print(all(torch.isfinite(p.grad).all() for p in model.parameters()))
print(next(model.parameters()).device, x.to("cpu").is_cuda, torch.get_num_threads() > 0, torch.device("cuda:1").index)
