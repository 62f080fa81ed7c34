import numpy as np
x = np.float32(0.1); print(1 - x, type(1 - x), "%s" % x, x * 2, [x + 1], 2 ** np.int64(3), np.float64(1) * np.ones(2, dtype=np.float32), sum([x, x]))
total = 0.0
for v in np.arange(3, dtype=np.float32): total += v
print(total, type(total).__name__, [1] * np.int64(2), np.float64(2) + True)
import torch
t = torch.ones(2, requires_grad=True); print(np.float64(2) * t, t * np.float32(3), x / t.sum())
try: np.float(1)
except AttributeError as e: print(str(e)[:40])
try: np.Inf
except AttributeError as e: print(e)
w = torch.nn.Parameter(torch.ones(1)); w.tag = "a"; w.avg = torch.zeros(1); print(w.tag, w.avg, hasattr(w, "zz"), getattr(w, "zz", None)); del w.tag; print(hasattr(w, "tag"))
try: w.zz
except AttributeError as e: print(e)
