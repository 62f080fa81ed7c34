import warnings
import torch

warnings.filterwarnings("ignore", category=UserWarning)
x = torch.ones(2, requires_grad=True)
y = x * 2
print(y.grad)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    torch.nn.functional.mse_loss(torch.ones(3), torch.ones(3, 1))
    warnings.warn("custom", DeprecationWarning)
    print(len(caught), caught[-1].category.__name__, str(caught[-1].message))
    print("target size" in str(caught[0].message))
warnings.simplefilter("error")
try:
    warnings.warn("now an error", RuntimeWarning)
except RuntimeWarning as w:
    print("raised:", w)
opt = torch.optim.SGD([x], lr=0.1)
warnings.resetwarnings()
warnings.filterwarnings("ignore")
sched = torch.optim.lr_scheduler.StepLR(opt, 1)
sched.step()
print(sched.get_last_lr())
