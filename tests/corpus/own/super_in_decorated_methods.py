"""super() finds the class around it, whatever a decorator makes of the method."""

def deco(f):
    def inner(self, *a):
        print("before", f.__name__)
        return f(self, *a)
    return inner
class A:
    def f(self, x): return x
    def g(self): return "A.g"
class B(A):
    @deco
    def f(self, x):
        return super().f(x) + 1
    def g(self):
        def nested(me): return super().g() + "!"
        return nested(self)
    def h(self):
        return [super(B, self).g() for _ in range(2)], __class__.__name__
    k = lambda self: super().g()
class C(B):
    f = B.f
    def g(self): return super().g() + "C"
print(B().f(1), B().g(), B().h(), B().k(), C().g(), C().f(3))
def loose(self): return super().g()
B.loose = loose
try: B().loose()
except RuntimeError as e: print(e)
def factory():
    class D(A):
        @deco
        def f(self, x): return super().f(x) * 10
    return D
print(factory()().f(2))
