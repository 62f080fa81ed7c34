import copy
import time
from datetime import datetime
from pathlib import Path
import torch
import torch.nn as nn


class EarlyStopping:
    """Early stops the training if validation loss doesn't improve after a given patience."""

    def __init__(self, patience=2, verbose=False, delta=0, path='checkpoint.pt', trace_func=print):
        self.patience = patience
        self.verbose = verbose
        self.counter = 0
        self.best_score = None
        self.early_stop = False
        self.val_loss_min = float('inf')
        self.delta = delta
        self.path = path
        self.trace_func = trace_func

    def __call__(self, val_loss, model):
        score = -val_loss
        if self.best_score is None:
            self.best_score = score
            self.save_checkpoint(val_loss, model)
        elif score < self.best_score + self.delta:
            self.counter += 1
            self.trace_func(f'EarlyStopping counter: {self.counter} out of {self.patience}')
            if self.counter >= self.patience:
                self.early_stop = True
        else:
            self.best_score = score
            self.save_checkpoint(val_loss, model)
            self.counter = 0

    def save_checkpoint(self, val_loss, model):
        if self.verbose:
            self.trace_func(f'Validation loss decreased ({self.val_loss_min:.6f} --> {val_loss:.6f}).  Saving model ...')
        torch.save(model.state_dict(), self.path)
        self.val_loss_min = val_loss


torch.manual_seed(0)
since = time.time()
model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
stopper = EarlyStopping(verbose=True, path=Path("models") / "best.pt" if False else "best.pt")
x = torch.linspace(0, 2, 8).unsqueeze(-1)
y = 2 * x + 1
best_model_wts = copy.deepcopy(model.state_dict())
for epoch in range(20):
    optimizer.zero_grad()
    loss = nn.MSELoss()(model(x), y)
    loss.backward()
    optimizer.step()
    stopper(loss.item(), model)
    if stopper.early_stop:
        print("Early stopping")
        break
model.load_state_dict(torch.load('best.pt'))
time_elapsed = time.time() - since
print('Training complete in {:.0f}m'.format(time_elapsed // 60))
print(f"best {stopper.val_loss_min:.4f}", datetime.now().year > 2000)
model.load_state_dict(best_model_wts)
print(model.weight)
