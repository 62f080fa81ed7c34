"""Small pieces that learners paste, one after another, each as it is."""

# type print
import torch
x=torch.ones(2)
print(type(x), type(x) is torch.Tensor, type(1), type(x.grad_fn))

# Tensor ctor
import torch
x = torch.Tensor([1.,2.])
print(x)
y=torch.FloatTensor([1,2])
print(y)

# dataclass-like
class A:
    def __init__(self, x=0): self.x = x
    def __lt__(self, o): return self.x < o.x
print(sorted([A(2),A(1)])[0].x)

# grad warn
import torch
x=torch.ones(2,requires_grad=True)
y=x*2
y.sum().backward()
print(y.grad)

# no_grad decorator class
import torch
class M(torch.nn.Module):
    @torch.no_grad()
    def forward(self,x): return x*2
print(M()(torch.ones(1,requires_grad=True)).requires_grad)

# with as
import torch
with torch.autograd.set_grad_enabled(True):
    print(1)

# parameters()
import torch
from torch import nn
m=nn.Linear(2,1)
for p in m.parameters(): print(p.shape)
print(list(m.parameters())[0].requires_grad, next(m.parameters()).shape)
for n,p in m.named_parameters(): print(n)

# items
import torch
a=torch.tensor([3.]);print(a.item(), float(a), int(a), bool(a), a==3, len(a))

# enumerate zip
for i,(a,b) in enumerate(zip([1,2],[3,4])): print(i,a,b)

# nested f
x=3.14159
print(f'{x:.2f} {x!r} {"a":>5} {x:{10}.{3}}')

# print tensor list
import torch
print([torch.ones(1)], {'a':torch.ones(1)})

# grad is None
import torch
x=torch.ones(1)
print(x.grad is None, x.grad)
if x.grad is not None: x.grad.zero_()

# torch.sum kw
import torch
x=torch.ones(2,3)
print(torch.sum(x,dim=1), x.sum(axis=0), torch.mean(x), x.view(3,2).size(), x.reshape(-1).shape[0])

# matmul T
import torch
x=torch.randn(2,3); print((x @ x.T).shape, torch.mm(x,x.t()).shape)

# ctx
import torch
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, *, a=1): return x
    @staticmethod
    def backward(ctx, g): return g
x=torch.ones(1,requires_grad=True)
print(F.apply(x))

# lr_sched
import torch
from torch import optim
p=torch.nn.Parameter(torch.ones(1))
o=optim.Adam([p],lr=0.1,weight_decay=1e-2)
s=optim.lr_scheduler.ExponentialLR(o,0.9)
for i in range(3):
    o.zero_grad(); (p**2).sum().backward(); o.step(); s.step(); print(p.item(), o.param_groups[0]['lr'])
print(o.state[p]['step'])

# tensor attributes
import torch
x=torch.arange(6).reshape(2,3)
print(x.ndim,x.T,x.dtype,x.is_contiguous(),x.stride(), x.element_size(), x.nelement(), x.is_leaf)

# where
import torch
x=torch.tensor([1.,-1.],requires_grad=True)
y=torch.where(x>0,x,0.1*x)
y.sum().backward();print(x.grad)

# hasattr
import torch
m=torch.nn.Linear(1,1)
print(hasattr(m,'weight'), hasattr(m,'foo'), getattr(m,'weight') if False else 0)

# string concat
print('a' + str(1) + 'b' * 2, 'abc'[0], 'x'.join(['1','2']), '%s %d' % ('a', 3), 'a,b'.split(','))

# grad fn attr
import torch
a=torch.ones(1,requires_grad=True)
b=a*2
print(b.grad_fn.next_functions[0][0].variable is a)
print(b.grad_fn.next_functions)

# named tuple
import torch
r=torch.max(torch.ones(2,2),1)
print(r)
print(r.values, r[1])
v,i=r

# Variable
import torch
from torch.autograd import Variable
x=Variable(torch.ones(2,2),requires_grad=True)
print(x, isinstance(x, Variable))

# requires_grad=
import torch
x=torch.ones(1)
x.requires_grad=True
x.requires_grad_(False)
print(x.requires_grad)

# optimizer types
import torch
w=torch.ones(2,requires_grad=True)
for cls in (torch.optim.SGD, torch.optim.Adam):
    o=cls([w],lr=.1)
    print(type(o).__name__)

# global fn
import torch
def train(model, n=3):
    losses=[]
    for i in range(n):
        l=model(torch.ones(1,1)).sum()
        l.backward()
        losses.append(l.item())
    return losses
torch.manual_seed(0)
print(train(torch.nn.Linear(1,1)))

# lambda dict
ops={'add': lambda a,b:a+b}
for k,f in ops.items(): print(k,f(1,2))

# dtype print
import torch
print(torch.float32, torch.get_default_dtype(), torch.tensor(1).dtype, torch.tensor([True]), torch.finfo(torch.float32).eps)

# abs stats
import torch
x=torch.tensor([1.,2.,3.])
print(x.std(), x.var(unbiased=False), x.norm(), x.abs().max(), x.argmax(), torch.numel(x), x.cumsum(0), x.prod(), x.median())

# multi-target
a=b=3
print(a,b)
a,b=b,a+1
print(a,b)

# slice of list
x=list(range(10))
print(x[::2],x[-3:],x[::-1])
x[1:3]=[9]
print(x)

# dict comp sort
d={'b':1,'a':2}
print(sorted(d.items(), key=lambda kv: kv[1], reverse=True), max(d, key=d.get))

# is tensor
import torch
print(torch.is_tensor(torch.ones(1)), torch.numel(torch.ones(2,2)), torch.is_grad_enabled())

# super attr
import torch
class A(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a=1
class B(A):
    def __init__(self):
        super().__init__()
        self.b=self.a+1
    def forward(self,x): return x*self.b
print(B()(torch.ones(1)), B())

# cuda
import torch
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
m=torch.nn.Linear(1,1).to(device)
x=torch.ones(1,1,device=device).to(device)
print(device, m(x).shape)

# typing
from typing import List
x: List[int] = [1]
print(x)

# underscore var
_ = 3
_x = 4
for _ in range(2): pass
print(_x, _)

# backward hook
import torch
m=torch.nn.Linear(1,1)
h=m.register_forward_hook(lambda mod,i,o: print(o.shape))
m(torch.ones(1,1)); h.remove(); m(torch.ones(1,1))

# long
import torch
x=torch.tensor(1.0,requires_grad=True)
y=x.exp().log().sin().cos().sqrt()
y.backward();print(x.grad)

# chained methods
import torch
print(torch.arange(4).float().view(2,2).softmax(dim=-1).sum(-1))

# inplace ops
import torch
x=torch.zeros(3)
x.add_(1).mul_(2).sub_(0.5).div_(2).clamp_(0,1).fill_(3)
print(x)
x[0]=1; x[1:]+=1; print(x)

# einsum
import torch
print(torch.einsum('ij,jk->ik', torch.ones(2,2), torch.ones(2,2)))

# ternary lambda
relu = lambda x: x if x > 0 else 0
print(relu(-1), relu(2))

# star
def f(*a, **k): return a, k
print(f(*[1,2], **{'x':3}))
a,*b=range(4)
print(a,b,[*b,5],{**{'a':1}})

# nn.functional alias
from torch.nn import functional as F
import torch.nn as nn
import torch
print(F.relu(torch.tensor([-1.,1.])), nn.functional.relu(torch.tensor(-1.)))

# sum tensors
import torch
print(sum([torch.ones(2), torch.ones(2)]), sum(torch.ones(3)))

# max python
import torch
print(max(torch.tensor([1.,3.,2.])), min([torch.tensor(1.), torch.tensor(0.)]))

# int loop tensor
import torch
for row in torch.eye(2): print(row)
for a,b in torch.eye(2): print(a.item(), b.item())

# format tensor
import torch
x=torch.tensor(3.14159)
print(f'{x:.2f}', '{:.3f}'.format(x), '%.1f' % x)

# assert close
import torch
torch.testing.assert_close(torch.ones(2), torch.ones(2))
try:
    torch.testing.assert_close(torch.ones(2), torch.zeros(2))
except AssertionError as e:
    print(str(e).split("\n")[0])
