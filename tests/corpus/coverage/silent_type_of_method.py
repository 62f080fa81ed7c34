class A:
    def m(self): pass
print(type(A().m))
