"""detach, .data, clone and .item(): what still belongs to the graph."""
import torch

a = torch.tensor([1., 2., 3.], requires_grad=True)
out = a.sigmoid()
c = out.detach()
c.zero_()
print(out)
try:
    out.sum().backward()
except RuntimeError as e:
    print("detach:", "modified by an inplace operation" in str(e))
a = torch.tensor([1., 2., 3.], requires_grad=True)
out = a.sigmoid()
c = out.data
c.zero_()
out.sum().backward()
print(".data:", a.grad)
loss = (a * 2).sum().item()
print(type(loss), loss)
d = a.clone()
print(d.grad_fn is not None, d.detach().grad_fn)
print(a.detach().numpy(), (a * 1).tolist())
try:
    a.numpy()
except RuntimeError as e:
    print(e)
