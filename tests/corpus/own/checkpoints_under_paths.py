# A checkpoint under a path of pathlib's
from pathlib import Path
import torch
Path("models").mkdir(parents=True, exist_ok=True)
p = Path("models") / "a.pt"
torch.save(obj={"a": 1}, f=p)
print(torch.load(f=p), type(p), p)
