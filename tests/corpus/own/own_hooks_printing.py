import torch
import torch.nn as nn

torch.manual_seed(0)
activations = {}
gradients = {}


def get_activation(name):
    def hook(module, inp, out):
        activations[name] = out.detach()
    return hook


def get_gradient(name):
    def hook(module, grad_in, grad_out):
        gradients[name] = grad_out[0].norm().item()
        print(f"<- {name:6s} {module.__class__.__name__:8s} grad_in {[None if g is None else tuple(g.shape) for g in grad_in]}")
    return hook


net = nn.Sequential()
net.add_module("fc1", nn.Linear(4, 5))
net.add_module("act1", nn.Tanh())
net.add_module("fc2", nn.Linear(5, 5))
net.add_module("act2", nn.Tanh())
net.add_module("out", nn.Linear(5, 1))
handles = []
for name, layer in net.named_children():
    handles.append(layer.register_forward_hook(get_activation(name)))
    handles.append(layer.register_full_backward_hook(get_gradient(name)))
net(torch.randn(2, 4)).sum().backward()
for k, v in activations.items():
    print(k, v.mean().item().__round__(4), gradients[k].__round__(4))
for h in handles:
    h.remove()
gradients.clear()
net(torch.randn(2, 4)).sum().backward()
print(gradients == {})
x = torch.ones(2, requires_grad=True)
h1 = x.register_hook(lambda g: g * 2)
h2 = x.register_hook(print)
(x * 3).sum().backward()
print(x.grad)
