import torch, copy
import torch.nn as nn
class T2(torch.Tensor):
    @staticmethod
    def __new__(cls, x, extra_data, *args, **kwargs):
        return super().__new__(cls, x, *args, **kwargs)
    def __init__(self, x, extra_data):
        self.extra_data = extra_data
t = T2([1., 2.], "meta")
print(t.extra_data, t, type(t + t))
class TensorBase(torch.Tensor):
    def __new__(cls, x, **kwargs):
        res = torch.Tensor._make_subclass(cls, torch.as_tensor(x))
        for k, v in kwargs.items(): setattr(res, k, v)
        return res
    def show(self): return f"{type(self).__name__}{tuple(self.shape)}"
class TensorImage(TensorBase): pass
im = TensorImage(torch.zeros(2, 3), sz=4)
print(im.show(), im.sz, type(im[0]).__name__, type(im.mean()), im[0])
w = torch.ones(3, requires_grad=True)
v = (im * w).sum()
v.backward()
print(w.grad, type(w.grad), v, v.grad_fn)
print(torch.stack([im, im]).show(), torch.cat([im, torch.ones(1, 3)]).show())
print(im.as_subclass(torch.Tensor).shape, isinstance(im, TensorBase))
im2 = im.clone(); print(type(im2), hasattr(im2, "size"))
nn.Linear(3, 1)(im).sum().backward()
print(im == 0)
for row in im: print(type(row).__name__)
print(im.requires_grad_().exp().sum().backward(), im.grad)
print(f"{im.sum():.2f}", float(im.sum()), im.tolist(), im.numpy(force=True))
class Q(nn.Parameter):
    def __new__(cls, data=None, requires_grad=True):
        return super().__new__(cls, data, requires_grad=requires_grad)
    def __repr__(self): return "Q:" + super().__repr__()
q = Q(torch.ones(2)); print(q, type(q * 2), q.data)
m = nn.ParameterList([q, q]); print(m)
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
    @property
    def empty(self): return not self
s = Stack(); s.push(1); s.push(torch.ones(1)); print(s.peek(), s.empty, s, s + [3], type(s + [3]), s[:1], sorted(Stack([3, 1, 2])), len(s), torch.cat(Stack([torch.ones(1), torch.zeros(1)])))
class P(tuple):
    def __repr__(self): return "P" + super().__repr__()
print(P([1, 2]), P((1, 2)) == (1, 2), {P((1, 2)): 3}[(1, 2)], torch.ones(P((2, 2))).shape, torch.zeros(2, 2)[P((0, 1))])
class Deg(float):
    def rad(self): return self * 3.14 / 180
print(Deg(90).rad(), Deg("1.5"), type(Deg(1) + 1), torch.ones(1) * Deg(2))
class I(int): pass
print(torch.zeros(I(2)), range(I(2)), I(3), [1, 2, 3][I(1)])
class H(list):
    def __init__(self, n): super().__init__(range(n)); self.n = n
print(H(3), H(3).n, copy.deepcopy(H(2)), isinstance(H(1), list))
