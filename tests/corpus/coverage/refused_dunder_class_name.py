class A: pass
a = A()
print(a.__class__.__name__, type(a).__name__)
