class B:
    def __init__(self): self.d = {}
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
b = B(); b["x"] = 1; del b["x"]; print(b.d)
