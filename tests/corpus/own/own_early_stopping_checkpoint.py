import copy
import os
import torch
from torch import nn

torch.manual_seed(0)
PATH = "checkpoint.pt"


class EarlyStopping:
    def __init__(self, patience=3, delta=0.0, path=PATH, trace_func=print):
        self.patience, self.delta, self.path, self.trace_func = patience, delta, path, trace_func
        self.counter, self.best, self.early_stop = 0, None, False

    def __call__(self, val_loss, model):
        score = -val_loss
        if self.best is None:
            self.best = score
            self.save_checkpoint(val_loss, model)
        elif score < self.best + self.delta:
            self.counter += 1
            self.trace_func(f'EarlyStopping counter: {self.counter} out of {self.patience}')
            if self.counter >= self.patience:
                self.early_stop = True
        else:
            self.best = score
            self.save_checkpoint(val_loss, model)
            self.counter = 0

    def save_checkpoint(self, val_loss, model):
        torch.save(model.state_dict(), self.path)


X, Y = torch.randn(20, 8), torch.randn(20, 1)
Xv, Yv = torch.randn(20, 8), torch.randn(20, 1)
net = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
stopper = EarlyStopping()
for epoch in range(100):
    net.train()
    loss = nn.MSELoss()(net(X), Y)
    opt.zero_grad(); loss.backward(); opt.step()
    net.eval()
    with torch.no_grad():
        vl = nn.MSELoss()(net(Xv), Yv).item()
    stopper(vl, net)
    if stopper.early_stop:
        print("Early stopping", epoch)
        break
net.load_state_dict(torch.load(PATH, weights_only=True))
with torch.no_grad():
    print(f"{nn.MSELoss()(net(Xv), Yv).item():.4f} {-stopper.best:.4f}")
torch.save({"epoch": epoch, "model": net.state_dict(), "opt": opt.state_dict()}, PATH)
ck = torch.load(PATH)
print(sorted(ck), os.path.exists(PATH))
print(net.load_state_dict(ck["model"]))
