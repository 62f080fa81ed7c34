class Register:
    def __init__(self): self.names = []
    def __call__(self, fn):
        self.names.append(fn.__name__)
        return fn
reg = Register()
@reg
def f(): return 1
print(reg.names, f())
