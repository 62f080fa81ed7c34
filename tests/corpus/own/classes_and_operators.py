# Classes and their operators
import functools, abc, operator, math
class Base:
    registry = {}
    count = 0
    def __init_subclass__(cls, /, key=None, **kw): super().__init_subclass__(**kw); cls.registry[key or cls.__name__] = cls
    def __new__(cls, *a, **k): Base.count += 1; return super().__new__(cls)
    def __init__(self, v=0): self.v = v
    def who(self): return "Base"
    def __repr__(self): return f"{type(self).__name__}({self.v!r})"
class L(Base, key="left"):
    def who(self): return "L>" + super().who()
class R(Base):
    def who(self): return "R>" + super().who()
class LR(L, R):
    def who(self): return "LR>" + super().who()
print(LR(3), LR().who(), [c.__name__ for c in LR.__mro__], Base.registry, Base.count)
@functools.total_ordering
class V:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __iadd__(self, o): self.x += o.x; self.y += o.y; return self
    def __mul__(self, k): return V(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __abs__(self): return math.hypot(self.x, self.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y) if isinstance(o, V) else NotImplemented
    def __lt__(self, o): return abs(self) < abs(o)
    def __hash__(self): return hash((self.x, self.y))
    def __iter__(self): return iter((self.x, self.y))
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __bool__(self): return bool(self.x or self.y)
    def __str__(self): return f"<{self.x}, {self.y}>"
    def __repr__(self): return f"V({self.x}, {self.y})"
    def __contains__(self, v): return v in tuple(self)
    def __reversed__(self): return reversed((self.x, self.y))
    def __float__(self): return float(abs(self))
    def __invert__(self): return V(self.y, self.x)
    def __lshift__(self, o): return f"{self} << {o}"
v = V(3, 4); u = V(1, 1); w = v; w += u
print(v, w is v, v + u, 2 * v, -v, abs(V(3, 4)), v == V(4, 5), v != u, v > u, sorted([v, u]), sum([v, u], V(0, 0)), sum([v, u]), {v: 1}[V(4, 5)], *v, v[-1], v[:1], len(v), bool(V(0, 0)), 4 in v, list(reversed(v)), float(V(3, 4)), ~v, v << 1, f"{v}", f"{v!r:>10}", max(v, u), [v, u], str([v]))
try: v + 1
except TypeError as e: print(e)
try: v.z = 1
except AttributeError as e: print(e)
class Shape(abc.ABC):
    @property
    @abc.abstractmethod
    def area(self): ...
    @classmethod
    def unit(cls): return cls(1)
    @staticmethod
    def name(): return "shape"
class Sq(Shape):
    def __init__(self, s): self.s = s
    @functools.cached_property
    def area(self): print("calc"); return self.s ** 2
try: Shape()
except TypeError as e: print(e)
q = Sq.unit(); print(q.area, q.area, Sq.name(), isinstance(q, Shape), vars(q), hasattr(q, "zz"), getattr(q, "zz", "dflt"))
class Meta(type):
    def __call__(cls, *a, **k):
        if not hasattr(cls, "_inst"): cls._inst = super().__call__(*a, **k)
        return cls._inst
class Single(metaclass=Meta):
    def __init__(self): print("once")
print(Single() is Single())
class D(dict):
    def __missing__(self, k): self[k] = v = f"made {k}"; return v
d = D(a=1); d["b"] = 2; print(d["b"], d["c"], d.get("zz"), sorted(d), len(d), isinstance(d, dict))
class S(list):
    def append(self, x): super().append(x * 2)
s = S([1]); s.append(2); print(s, s + [3], type(s + [3]).__name__, s[0:1], sum(s))
class E(Exception):
    def __init__(self, code, *a): super().__init__(code, *a); self.code = code
    def __str__(self): return f"code {self.code}"
try: raise E(7, "x")
except E as e: print(e, e.args, e.code, repr(e))
P = type("P", (Base,), {"hello": lambda self: f"hi {self.v}", "z": 1}); print(P(2).hello(), P.z, P.__name__)
print(operator.attrgetter("x")(v), operator.itemgetter(0, 1)(v), functools.reduce(operator.mul, range(1, 5)), functools.partial(pow, 2)(5))
@functools.singledispatch
def show(a): return "obj"
@show.register
def _(a: int): return "int"
@show.register(list)
def _(a): return "list"
print(show(1), show([]), show("s"))
print(callable(v), v.__class__.__name__, issubclass(LR, (L, int)), LR.__bases__, super(L, LR()).who())
del v, u
