import torch
import torch.nn as nn

torch.manual_seed(0)
activations, gradients = {}, {}


def get_activation(name):
    def hook(model, input, output):
        activations[name] = output.detach()
    return hook


def get_gradient(name):
    def hook(module, grad_input, grad_output):
        gradients[name] = grad_output[0].norm().item()
    return hook


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 6)
        self.act = nn.ReLU()
        self.fc2 = nn.Linear(6, 2)

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))


net = Net()
handles = []
for name, layer in net.named_modules():
    if isinstance(layer, nn.Linear):
        handles.append(layer.register_forward_hook(get_activation(name)))
        handles.append(layer.register_full_backward_hook(get_gradient(name)))
pre = net.register_forward_pre_hook(lambda m, inp: print("input", inp[0].shape))
x = torch.randn(3, 4, requires_grad=True)
x.register_hook(lambda g: print("grad of x", g.shape))
out = net(x)
out.retain_grad()
out.register_hook(lambda grad: grad * 2)
out.sum().backward()
for h in handles:
    h.remove()
pre.remove()
print({k: v.shape for k, v in activations.items()})
print({k: round(v, 4) for k, v in gradients.items()})
print(out.grad)
net.fc1.weight.register_post_accumulate_grad_hook(lambda p: print("accumulated", p.grad.shape))
net(x).sum().backward()
