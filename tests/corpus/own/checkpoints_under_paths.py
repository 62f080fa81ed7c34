# A checkpoint under a path of pathlib's
from pathlib import Path
import torch
p = Path("models") / "a.pt"
torch.save(obj={"a": 1}, f=p)
print(torch.load(f=p), type(p), p)
