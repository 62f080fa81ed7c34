import random
import statistics
import math
import numpy as np
import torch

random.seed(7)
data = [random.gauss(10, 2) for _ in range(30)]
print(f"mean={statistics.mean(data):.3f} sd={statistics.stdev(data):.3f} median={statistics.median(data):.3f}")
boot = [statistics.fmean(random.choices(data, k=len(data))) for _ in range(200)]
boot.sort()
print(f"95% CI [{boot[4]:.2f}, {boot[194]:.2f}]")
arr = np.asarray(data)
print(np.percentile(arr, [25, 50, 75]).round(2), arr.std(ddof=1).round(3), np.histogram(arr, bins=4)[0])
t = torch.tensor(data)
print(t.quantile(torch.tensor([0.25, 0.5])), t.std(), t.var(unbiased=False), t.median(), torch.histc(t, 4, 4, 16))
mu, log_s = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
opt = torch.optim.LBFGS([mu, log_s], max_iter=30)


def closure():
    opt.zero_grad()
    nll = (log_s + 0.5 * ((t - mu) / log_s.exp()) ** 2).sum()
    nll.backward()
    return nll


for _ in range(3):
    opt.step(closure)
print(f"MLE mu={mu.item():.3f} sigma={log_s.exp().item():.3f}")
print(np.corrcoef(arr[:-1], arr[1:])[0, 1].round(3), np.cov(arr[:5], arr[5:10]).shape, math.isclose(arr.sum(), sum(data)))
x = np.array([3, 1, 2])
print(x[::-1], np.sort(x), x.argsort(), np.cumsum(x), np.prod(x), x.tolist(), x.dtype, x.astype("float32").dtype, np.where(x > 1)[0], np.clip(x, 1, 2), np.any(x > 2), np.mean(x == 1))
print(np.allclose(np.eye(2) @ np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]), np.outer(x, x), np.stack([x, x], axis=1).shape, np.concatenate([x, [9]]), x.reshape(-1, 1).shape, np.linspace(0, 1, 3))
