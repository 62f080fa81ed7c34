# Settings that are read as s.lr as well as s["lr"], in three ways.
class Settings(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


s = Settings(lr=0.1)
s.steps = 3
print(s.lr, s["steps"], s.missing, s, len(s), "lr" in s)
del s.steps
print(s, isinstance(s, dict), {**s})


class Whole(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


w = Whole(depth=2, inner={"width": 4})
w.name = "net"
print(w, w.depth, w["name"], w.inner["width"], sorted(w))


class Strict(dict):
    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key)

    def copy(self):
        return Strict(self)


one = Strict(a=1)
two = one.copy()
two["a"] = 5
print(one.a, two.a, hasattr(one, "b"), type(two).__name__)
try:
    one.b
except AttributeError as error:
    print("no", error)
