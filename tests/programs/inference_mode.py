"""inference_mode: what its tensors are, and what they cannot do later."""
import torch

x = torch.ones(2, requires_grad=True)
with torch.inference_mode():
    y = x * 2
print(y.requires_grad, y.is_inference(), y.grad_fn)
try:
    z = (x * y).sum()
    z.backward()
except RuntimeError as e:
    print(e)
with torch.set_grad_enabled(False):
    print((x * 2).requires_grad, torch.is_grad_enabled())
torch.set_grad_enabled(False)
print((x * 2).requires_grad)
torch.set_grad_enabled(True)
print((x * 2).requires_grad)
@torch.inference_mode()
def predict(v):
    return v + 1
print(predict(x).requires_grad)
