class T:
    def __init__(self): self._c = 0.0
    @property
    def c(self): return self._c
    @c.setter
    def c(self, v): self._c = float(v)
t = T(); t.c = 3
print(t.c)
