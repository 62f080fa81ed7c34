"""sin_ on a leaf that requires grad raises."""
import torch

a = torch.linspace(0., 1., steps=4, requires_grad=True)
try:
    torch.sin_(a)
except Exception as error:
    print(type(error).__name__, "caught")
try:
    a.sin_()
except RuntimeError as e:
    print(e)
