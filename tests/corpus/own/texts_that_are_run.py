import torch
import timeit

w = torch.tensor(2.0, requires_grad=True)
expression = "w ** 2 + 3 * w"
loss = eval(expression)
loss.backward()
print(w.grad, eval("a + b", {"a": 1, "b": 2}))
exec("scale = 3\ndef grow(x):\n    return x * scale")
print(grow(w), scale)
names = {}
exec("import math\nhalf = math.pi / 2", names)
print(sorted(name for name in names if name != "__builtins__"), names["half"])


def inside():
    level = 1
    exec("level = 2")
    print(level, eval("level + scale"))
    own = {}
    exec("found = level", {"level": 5}, own)
    return own


print(inside())
globals()["made"] = torch.ones(2)
print(made, "made" in globals())
for text in ("1 +", "undefined", "w.foo", "1 / 0"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
code = compile("w * 10", "<string>", "eval")
print(eval(code))
print(timeit.timeit("grow(w)", globals=globals(), number=3) > 0)
print(min(timeit.repeat("x = 1", setup="y = 2", number=2, repeat=2)) >= 0)
exec("loss.backward()")
