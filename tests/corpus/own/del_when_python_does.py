import torch
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    a = A("local")
    print("in f")
f()
print("after f")
x = A(1)
x = A(2)
print("rebound")
del x
print("deleted")
A("temp")
print("after temp")
l = [A(i) for i in range(3)]
l.pop()
print("popped")
l.clear()
print("cleared")
d = {"a": A("d")}
d["a"] = None
for i in range(3):
    z = A(f"loop{i}")
z = None
try:
    q = A("q")
    raise ValueError("x")
except ValueError as e:
    print(e)
    del q
def g():
    r = A("r")
    raise RuntimeError("boom")
try:
    g()
except RuntimeError as e:
    print("caught", e)
print("after caught")
print("end", A("arg").n)
with torch.no_grad():
    w = A("w")
del w
class B(A):
    def __del__(self):
        super().__del__()
        raise ValueError("ignored")
b = B("b"); del b
def h(a):
    return a
h(A("h"))
y = h(A("h2")).n
print(y)
print([A(i).n for i in range(2)])
