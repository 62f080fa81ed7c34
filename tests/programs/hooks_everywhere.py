"""Hooks on tensors, nodes, leaves after accumulation, and modules."""
import torch
from torch import nn

v = torch.tensor([0., 0., 0.], requires_grad=True)
h = v.register_hook(lambda grad: grad * 2)  # double the gradient
v.backward(torch.tensor([1., 2., 3.]))
print(v.grad)
h.remove()

grads = []
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 3
y.register_hook(grads.append)
y.sum().backward()
print(grads)

def report(p):
    print("accumulated", p.grad)
x.register_post_accumulate_grad_hook(report)
(x ** 2).sum().backward()

z = x.exp()
def node_hook(grad_inputs, grad_outputs):
    print("node", len(grad_inputs), grad_outputs[0])
z.grad_fn.register_hook(node_hook)
z.sum().backward()

torch.manual_seed(0)
layer = nn.Linear(2, 1)
def forward_hook(module, args, output):
    print(type(module).__name__, args[0].shape, output.shape)
def backward_hook(module, grad_input, grad_output):
    print("backward", grad_output[0].shape)
layer.register_forward_hook(forward_hook)
layer.register_full_backward_hook(backward_hook)
layer(torch.ones(3, 2)).sum().backward()
