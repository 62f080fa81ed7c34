class L(list):
    def __init__(self, xs, name='L'):
        super().__init__([x * 2 for x in xs])
        self.name = name
    def __getitem__(self, i):
        if isinstance(i, (list, tuple)): return [list.__getitem__(self, j) for j in i]
        if isinstance(i, str): return [x for x in self if str(x) == i]
        return super().__getitem__(i)
    def __setitem__(self, i, v):
        print("set", i, v); super().__setitem__(i, v)
    def __delitem__(self, i):
        print("del", i); super().__delitem__(i)
    def __del__(self): print("gone", self.name)
l = L([1, 2, 3])
print(l[[0, 2]], l['4'], l[1:], l[-1], len(l), 4 in l, list(l), l)
l[0] = 7; l[1:] = [8, 9, 10]; del l[0]; l.append(3); l[0] += 1
print(l, sorted(l), sum(l), max(l), l.index(9), [*l], l == [9, 9, 10, 3], l + [1])
for x in l: print(x, end=' ')
a, *b = l
print(a, b, list(zip(l, l)), list(map(str, l)), list(reversed(l)))
del l
class D(dict):
    def __getitem__(self, k):
        try: return super().__getitem__(k.lower())
        except KeyError: return None
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)
    def __delitem__(self, k): dict.__delitem__(self, k.lower())
    def __getattr__(self, k): return self[k]
d = D(a=1); d['B'] = 2; d['C'] = 3; del d['c']
print(d, d['B'], d['zz'], d.b, d.get('B'), {**d}, dict(d), 'b' in d, sorted(d.items()), d.setdefault('q', 1))
d.update(X=1); print(d)
try: l
except NameError as e: print(e)
class Registry(dict):
    def register(self, cls): self[cls.__name__] = cls; return cls
    def __setitem__(self, k, v):
        assert k not in self, f"{k} twice"
        super().__setitem__(k, v)
r = Registry()
@r.register
class A: pass
try: r.register(A)
except AssertionError as e: print(e, list(r))
import operator
print(operator.itemgetter('A')(r) is A, operator.getitem(d, 'B'))
