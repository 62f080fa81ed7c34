from collections import Counter, OrderedDict, defaultdict
class Registry(dict):
    def register(self, name=None):
        def deco(cls):
            self[name or cls.__name__] = cls
            return cls
        return deco
MODELS = Registry()
@MODELS.register()
class A: pass
@MODELS.register("bee")
class B(A): pass
print(sorted(MODELS), MODELS["bee"] is B, MODELS.get("zz"))
class H(dict):
    def copy(self): return H(self)
    def update(self, *a, **k):
        print("updating"); super().update(*a, **k)
    def __repr__(self): return "H" + super().__repr__()
h = H(a=1); h.update(b=2); print(h, h.copy(), {**h}, h == {"a": 1, "b": 2}, h | {"c": 1})
for k, v in h.items(): print(k, v)
