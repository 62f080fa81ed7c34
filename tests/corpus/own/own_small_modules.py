import time, timeit, glob, os, typing, pprint, string, platform, shutil, sys
from typing import TypedDict, NewType, TypeAlias, Protocol, runtime_checkable, IO, AnyStr
class Batch(TypedDict, total=False):
    x: int
    y: str
b = Batch(x=1, y="a"); print(b, b["x"])
UserId = NewType("UserId", int); print(UserId(5))
t = timeit.timeit(lambda: sum(range(10)), number=10); print(t > 0, timeit.default_timer() > 0)
print(pprint.pformat({"b": 1, "a": list(range(3))}), string.Template("$a and ${b}").substitute(a=1, b=2), string.capwords("hi there"))
pprint.pp({"b": 1, "a": 2})
os.makedirs("outs", exist_ok=True)
for n in ("x.txt", "y.txt"): open(os.path.join("outs", n), "w").write("1")
print(sorted(glob.glob("outs/*.txt"))); shutil.rmtree("outs"); print(os.path.exists("outs"))
print((3).real, (2.5).as_integer_ratio(), range(5).stop, frozenset({1, 2}).union([3]), (255).bit_count(), sys.float_info.epsilon)
try:
    for i in range(3):
        if i == 1: raise ValueError("x")
except KeyboardInterrupt:
    print("stop")
except (ConnectionError, ValueError) as e:
    print("err", e)
@runtime_checkable
class P(Protocol):
    def f(self) -> int: ...
print(time.time_ns() > 0)
