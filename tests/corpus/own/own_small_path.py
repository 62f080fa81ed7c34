from pathlib import Path
import pathlib, torch, numpy as np, os
MODEL_PATH = Path("models")
MODEL_PATH.mkdir(parents=True, exist_ok=True)
P = MODEL_PATH / "01_workflow.pth"
print(f"Saving model to: {P}", repr(P), P.suffix, P.stem, P.parent, P.name, P.parts, Path("/a/b/../c"), Path("x.tar.gz").suffix, P.with_suffix(".pt"), "d" / P, P == Path("models/01_workflow.pth"), pathlib.Path("a").joinpath("b", "c"), Path(), Path("/"), Path("/").name)
torch.save(torch.nn.Linear(2, 2).state_dict(), P)
print(list(torch.load(f=P)), sorted([Path("b"), Path("a")]))
cm = np.zeros((2, 2), dtype=int); np.add.at(cm, (np.array([0, 1, 1]), np.array([0, 1, 1])), 1); print(cm, np.multiply.outer([1, 2], [3, 4]), np.unravel_index(5, (2, 3)))
opt = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.); s = torch.optim.lr_scheduler.StepLR(opt, 1); print(s.optimizer is opt)
with torch.autograd.set_detect_anomaly(True):
    print(torch.is_anomaly_enabled())
print(torch.is_anomaly_enabled())
