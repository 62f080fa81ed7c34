class V:
    def __init__(self, d): self.d = d
    def __add__(self, o): return V(self.d + o.d)
    def __sub__(self, o): return self.__add__(V(-o.d))
print((V(3) - V(1)).d)
