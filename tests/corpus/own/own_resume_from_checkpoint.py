import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, Subset
import os, json, csv, pickle
from pathlib import Path
# save metrics and a checkpoint, then resume
out_dir = Path("outputs") / "run1"
out_dir.mkdir(parents=True, exist_ok=True)
class Toy(Dataset):
    def __init__(self, n): 
        g = torch.Generator().manual_seed(0)
        self.x = torch.randn(n, 3, generator=g); self.y = self.x.sum(1, keepdim=True)
    def __len__(self): return len(self.x)
    def __getitem__(self, i): return self.x[i], self.y[i]
def save_checkpoint(state, is_best, filename='checkpoint.pth.tar'):
    torch.save(state, os.path.join(out_dir, filename))
    if is_best:
        torch.save(state, out_dir / 'model_best.pth.tar')
torch.manual_seed(0)
model = nn.Linear(3, 1); opt = torch.optim.Adam(model.parameters(), lr=0.1); sched = torch.optim.lr_scheduler.ExponentialLR(opt, 0.9)
log = []
best = float('inf')
for epoch in range(3):
    for xb, yb in DataLoader(Toy(20), batch_size=5, shuffle=True):
        loss = nn.functional.mse_loss(model(xb), yb)
        opt.zero_grad(); loss.backward(); opt.step()
    sched.step()
    is_best = loss.item() < best; best = min(best, loss.item())
    save_checkpoint({'epoch': epoch + 1, 'state_dict': model.state_dict(), 'best': best, 'optimizer': opt.state_dict(), 'scheduler': sched.state_dict()}, is_best)
    log.append({'epoch': epoch, 'loss': round(loss.item(), 4), 'lr': sched.get_last_lr()[0]})
    with open(out_dir / 'log.txt', 'a') as f:
        f.write(json.dumps(log[-1]) + '\n')
with open(out_dir / "metrics.json", "w") as f:
    json.dump(log, f, indent=4)
print((out_dir / "metrics.json").read_text())
for line in open(out_dir / 'log.txt'):
    print(json.loads(line)['loss'])
if os.path.isfile(out_dir / 'checkpoint.pth.tar'):
    print("=> loading checkpoint '{}'".format(out_dir / 'checkpoint.pth.tar'))
    checkpoint = torch.load(out_dir / 'checkpoint.pth.tar', map_location='cpu')
    start_epoch = checkpoint['epoch']
    m2 = nn.Linear(3, 1); o2 = torch.optim.Adam(m2.parameters())
    m2.load_state_dict(checkpoint['state_dict']); o2.load_state_dict(checkpoint['optimizer'])
    print("=> loaded checkpoint (epoch {})".format(checkpoint['epoch']), checkpoint['scheduler']['last_epoch'], o2.param_groups[0]['lr'])
    print(torch.equal(m2.weight, model.weight), o2.state_dict()['state'][0]['step'])
else:
    print("=> no checkpoint found")
print(sorted(os.listdir(out_dir)), os.path.exists('nothing.pt'), (out_dir / 'x').exists())
