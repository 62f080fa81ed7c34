import functools, operator
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
print(fib(20), functools.reduce(operator.mul, [1,2,3]))
def deco(f):
    @functools.wraps(f)
    def g(*a, **k):
        'inner'
        return f(*a, **k)
    return g
@deco
def h(x, y=2):
    'doc of h'
    return x + y
print(h(1), h.__name__, h.__doc__, h)
p = functools.partial(h, y=5); print(p(1), p.keywords)
print(sorted(['b','a'], key=operator.itemgetter(0)), sorted([3,1], key=functools.cmp_to_key(lambda a,b: a-b)))