# What a program makes for the looks of its plots, and small parts of libraries around a training.
import uuid

import matplotlib.gridspec as gridspec
import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.ticker import FormatStrFormatter, MultipleLocator
from torch import nn
from torch.nn.utils import prune

torch.manual_seed(0)


@torch.jit.script
def swish(x: torch.Tensor) -> torch.Tensor:
    return x * torch.sigmoid(x)


model = nn.Linear(2, 2)
prune.l1_unstructured(model, name="weight", amount=1)
prune.random_unstructured(model, name="weight", amount=1)
for hook in model._forward_pre_hooks.values():
    print(type(hook).__name__, hook._tensor_name, len(list(hook)))
points = torch.randn(8, 2)
loss = swish(model(points)).square().mean()
loss.backward()
print(loss, model.weight_orig.grad)

colours = ListedColormap(["#ff0000", "#0000ff"])
figure = plt.figure(figsize=(8, 4))
places = gridspec.GridSpec(2, 2, width_ratios=[1, 2])
axes = plt.subplot(places[0, 0])
axes.plot([1, 2])
axes.xaxis.set_major_locator(MultipleLocator(1))
axes.yaxis.set_major_formatter(FormatStrFormatter("%.1f"))
below = figure.add_subplot(places[1, :])
x, y = np.meshgrid(np.linspace(-1, 1, 5), np.linspace(-1, 1, 4))
below.contourf(x, y, x + y, cmap=colours, norm=Normalize(-2, 2), alpha=0.8)
below.scatter(points[:, 0], points[:, 1], c=points[:, 0] > 0, cmap=colours, edgecolors="k")
legend = below.legend(["a", "b"])
plt.setp(legend.get_texts(), color="k")
plt.show()
run = uuid.uuid4()
print(len(str(run)), run == uuid.uuid4(), len({uuid.uuid4().hex for _ in range(5)}))
