"""sin, scale, shift, sum: walk the grad_fn chain back by hand."""
import torch
import math

a = torch.linspace(0., 2. * math.pi, steps=25, requires_grad=True)
print(a)
b = torch.sin(a)
c = 2 * b
d = c + 1
out = d.sum()
print('d:')
print(d.grad_fn)
print(d.grad_fn.next_functions)
print(d.grad_fn.next_functions[0][0].next_functions)
print(d.grad_fn.next_functions[0][0].next_functions[0][0].next_functions)
print(d.grad_fn.next_functions[0][0].next_functions[0][0].next_functions[0][0].next_functions)
print('\nc:')
print(c.grad_fn)
print('\na:')
print(a.grad_fn)
out.backward()
print(a.grad)
print(torch.allclose(a.grad, 2 * torch.cos(a)))
