from collections import *
c = Counter('hello'); c.update('l'); print(c, c['l'], c['zz'], c.most_common(2), c + c)
d = deque([1,2,3], maxlen=3); d.append(4); d.appendleft(0); print(d, d[0], list(d), len(d)); d.rotate(1); print(d)
P = namedtuple('P', ['x','y'], defaults=[5]); p = P(1); print(p, p._replace(x=3), p._asdict(), p._fields, *p, isinstance(p, tuple), P.__name__)
a, b = p; print(a, b)
dd = defaultdict(list); dd['a'].append(1); print(dd, dict(dd))
od = OrderedDict(a=1); od.move_to_end('a'); print(od)