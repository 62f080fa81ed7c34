# Names of a class body, properties that are deleted, and what defaults are
x = 5


class Scope:
    x = 10
    n = 2
    ys = [x for _ in range(n)]
    zs = list(x for _ in range(n))
    pairs = [(a, b) for a in range(n) for b in range(x)]

    @property
    def p(self):
        return self._p

    @p.setter
    def p(self, v):
        self._p = v * 2

    @p.deleter
    def p(self):
        print("deleted")
        del self._p

    @property
    def fixed(self):
        return 1


print(Scope.ys, Scope.zs, len(Scope.pairs))
s = Scope()
s.p = 4
print(s.p)
del s.p
for act in ("s.p", "del s.fixed", "del s.p"):
    try:
        exec(act)
    except AttributeError as e:
        print(e)


def deflt(x, acc=[], *, k=3):
    acc.append(x)
    return acc


print(deflt(1), deflt(2), deflt.__defaults__, deflt.__kwdefaults__, (lambda: 0).__defaults__)
deflt.__defaults__[0].clear()
print(deflt(3))


class Bad:
    a = 1
    try:
        b = [c for c in range(2) if a]
    except NameError as e:
        print(e)


def outer():
    x = 7

    class Inner:
        x = 8
        ys = [x for _ in range(1)]

    return Inner.ys


print(outer())
