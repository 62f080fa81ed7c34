import torch
import torch.nn as nn
import torch.nn.functional as F


class GradCAM:
    def __init__(self, model, target_layer):
        self.model = model
        self.gradients = None
        self.activations = None
        target_layer.register_forward_hook(self.save_activation)
        target_layer.register_full_backward_hook(self.save_gradient)

    def save_activation(self, module, input, output):
        self.activations = output

    def save_gradient(self, module, grad_input, grad_output):
        self.gradients = grad_output[0]

    def __call__(self, x, class_idx=None):
        logit = self.model(x)
        if class_idx is None:
            class_idx = logit.argmax(dim=-1).item()
        self.model.zero_grad()
        logit[0, class_idx].backward(retain_graph=True)
        weights = self.gradients.mean(dim=(2, 3), keepdim=True)
        cam = F.relu((weights * self.activations).sum(dim=1, keepdim=True))
        cam = F.interpolate(cam, size=x.shape[-2:], mode="bilinear", align_corners=False)
        cam = cam - cam.min()
        cam = cam / (cam.max() + 1e-8)
        return cam.squeeze().detach().numpy(), class_idx


torch.manual_seed(1)
model = nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(12, 3))
x = torch.rand(1, 1, 6, 6, requires_grad=True)
cam = GradCAM(model, model[1])
heat, idx = cam(x)
print(heat.shape, heat.max() <= 1.0, idx)
saliency, _ = torch.max(x.grad.data.abs(), dim=1)
print(saliency.shape, saliency.sum())
baseline = torch.zeros_like(x)
total = 0
for k in range(1, 5):
    z = (baseline + k / 4 * (x.detach() - baseline)).requires_grad_()
    model(z)[0, idx].backward()
    total = total + z.grad
ig = (x.detach() * total / 4).sum()
print(f"{ig.item():.4f}")
