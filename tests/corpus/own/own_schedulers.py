import torch
import torch.optim as optim
from torch.optim import lr_scheduler
from torch.optim.lr_scheduler import StepLR, MultiStepLR, ExponentialLR, CosineAnnealingLR, LambdaLR, OneCycleLR

model = torch.nn.Linear(2, 2)


def run(make, steps=6):
    opt = optim.SGD(model.parameters(), lr=0.1)
    sched = make(opt)
    lrs = []
    for _ in range(steps):
        opt.step()
        lrs.append(round(opt.param_groups[0]['lr'], 6))
        sched.step()
    return lrs, sched.get_last_lr()


for name, make in {
    "step": lambda o: StepLR(o, step_size=2, gamma=0.5),
    "multi": lambda o: MultiStepLR(o, milestones=[2, 4], gamma=0.1),
    "exp": lambda o: ExponentialLR(o, gamma=0.9),
    "cos": lambda o: CosineAnnealingLR(o, T_max=6),
    "lambda": lambda o: LambdaLR(o, lr_lambda=lambda epoch: 0.95 ** epoch),
    "warm": lambda o: LambdaLR(o, lambda e: min(1.0, (e + 1) / 3)),
    "cycle": lambda o: OneCycleLR(o, max_lr=0.2, total_steps=8),
    "restarts": lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, T_0=3),
    "poly": lambda o: lr_scheduler.PolynomialLR(o, total_iters=4, power=2.0),
    "cyclic": lambda o: lr_scheduler.CyclicLR(o, base_lr=0.01, max_lr=0.1, step_size_up=2),
    "linear": lambda o: lr_scheduler.LinearLR(o, start_factor=0.5, total_iters=3),
    "seq": lambda o: lr_scheduler.SequentialLR(o, [lr_scheduler.ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], milestones=[2]),
    "chained": lambda o: lr_scheduler.ChainedScheduler([lr_scheduler.ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)]),
}.items():
    print(f"{name:>10s}", *run(make))

opt = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
plateau = lr_scheduler.ReduceLROnPlateau(opt, 'min', factor=0.5, patience=1)
for val in [1.0, 0.9, 0.95, 0.96, 0.97, 0.98]:
    plateau.step(val)
    print(opt.param_groups[0]['lr'], plateau.num_bad_epochs)
