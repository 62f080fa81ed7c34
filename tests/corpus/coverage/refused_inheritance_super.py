class A:
    kind = "a"
    def hi(self): return "A " + self.kind
class B(A):
    kind = "b"
    def hi(self): return "B " + super().hi()
print(B().hi(), isinstance(B(), A), B.__mro__[1].__name__)
