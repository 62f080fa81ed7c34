import operator, random, sys, types, time, torch
f = operator.methodcaller("view", -1)
print(f(torch.ones(2, 2)), operator.methodcaller("split", ",", 1)("a,b,c"), operator.concat([1], [2]), operator.inv(3))
random.seed(3)
s = random.getstate()
a = random.random()
random.setstate(s)
print(a == random.random(), len(s))
print('google.colab' in sys.modules, "torch" in sys.modules)
class A:
    pass
def hello(self, n=1):
    return (type(self).__name__, n)
x = A()
x.hello = types.MethodType(hello, x)
print(x.hello(), x.hello(n=3), isinstance(hello, types.FunctionType), isinstance(x.hello, types.MethodType), isinstance((i for i in []), types.GeneratorType), isinstance(lambda: 0, types.LambdaType))
print(time.strftime("%Y-%m-%d", time.gmtime(0)), time.gmtime(0).tm_year)
try:
    raise ConnectionResetError("x")
except (BrokenPipeError, ConnectionResetError) as e:
    print(repr(e))
def g():
    exit()
g()
print("not reached")
