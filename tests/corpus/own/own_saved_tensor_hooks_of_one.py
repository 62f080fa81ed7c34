import torch
x = torch.ones(2, requires_grad=True)
y = x ** 2
def pack(t): print("pack", t); return t * 1
def unpack(t): print("unpack", t); return t
y.grad_fn._raw_saved_self.register_hooks(pack, unpack)
y.sum().backward()
print(x.grad)
try:
    print(y.grad_fn._saved_self)
except RuntimeError as e:
    print(str(e)[:60])
z = torch.nn.functional.conv2d(torch.ones(1, 1, 3, 3, requires_grad=True), torch.ones(1, 1, 2, 2))
print(z.grad_fn._saved_stride, z.grad_fn._saved_groups)
open("log.txt", "w").write("a\n")
open("log.txt", "a").write("b\n")
print(open("log.txt").read())
