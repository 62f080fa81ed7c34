import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
class GradCAM:
    def __init__(self, model: nn.Module, target_layer: nn.Module):
        self.model = model
        self.activations = None
        self.gradients = None
        self._handles = [
            target_layer.register_forward_hook(self._save_activation),
            target_layer.register_full_backward_hook(self._save_gradient),
        ]
    def _save_activation(self, module, inp, out):
        self.activations = out.detach()
    def _save_gradient(self, module, grad_input, grad_output):
        self.gradients = grad_output[0].detach()
    def __call__(self, x, class_idx=None):
        logits = self.model(x)
        if class_idx is None:
            class_idx = logits.argmax(dim=1)
        score = logits.gather(1, class_idx.view(-1, 1)).squeeze()
        self.model.zero_grad()
        score.sum().backward()
        weights = self.gradients.mean(dim=(2, 3), keepdim=True)
        cam = F.relu((weights * self.activations).sum(1, keepdim=True))
        cam = F.interpolate(cam, size=x.shape[2:], mode="bilinear", align_corners=False)
        cam -= cam.amin(dim=(2, 3), keepdim=True)
        cam /= cam.amax(dim=(2, 3), keepdim=True) + 1e-8
        return cam, class_idx
    def __enter__(self): return self
    def __exit__(self, *exc):
        for h in self._handles:
            h.remove()
        print("hooks removed", exc)
model = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3)).eval()
with GradCAM(model, model[2]) as cam:
    heat, cls = cam(torch.rand(2, 3, 8, 8))
print(heat.shape, cls.tolist(), heat.max())
def global_hook(module, grad_in, grad_out):
    print("bwd", type(module).__name__, [None if g is None else tuple(g.shape) for g in grad_in])
from torch.nn.modules.module import register_module_full_backward_hook
h = register_module_full_backward_hook(global_hook)
model(torch.rand(1, 3, 4, 4)).sum().backward()
h.remove()
model(torch.rand(1, 3, 4, 4)).sum().backward()
print(len(model._backward_hooks))
