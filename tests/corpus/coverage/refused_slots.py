class P:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x
print(P(3).x)
