import torch
import math
t = torch.tensor([1.23456, -7.0])
loss = torch.tensor(0.000123)
n, name = 1234567, "weights"
print(f"{loss:.2e} {loss.item():g} {loss!r} {loss!s:>20}")
print(f"{n:,} {n:_} {n:>12} {n:<12}| {n:^12}| {n:+} {n:x} {n:#b} {n:e}")
print(f"{name!r:>12} {name:*^15} {name:.3} {math.pi:10.4f} {math.pi:<10.2f}| {0.256:.1%}")
print(f"{t=} {t.shape=} {n=:,} {name = }")
width, prec = 10, 3
print(f"[{math.e:{width}.{prec}f}] [{math.e:>{width}}]")
print("{0} {1} {0}".format("a", "b"), "{:>8.3f}|{:<5d}|".format(2.5, 7), "{x}-{y!r}".format(x=1, y="z"))
print("%5.2f %d %s %r %05d %-6s| %e %g %%" % (3.14159, 42, "s", "r", 42, "ab", 12345.678, 0.0001))
print(f"{t[0]:.2f} {t[0].item():.2f} {float(t[1])}")
try:
    print(f"{t:.2f}")
except TypeError as e:
    print("TypeError:", e)
print(f"{'nested ' + f'{n % 7}'} {[f'{v:.1f}' for v in t]} {{literal}}")
print(f"{'yes' if loss < 1 else 'no'} {max(t, key=abs)} {sorted(t.tolist(), reverse=True)}")
print(str(t), repr(t.shape), t.dtype, t.device, sep=" | ", end="\n---\n")
print(*t.tolist(), *range(3), sep=", ")
print("a\tb\\n", r"raw\n", b"bytes", 'it''s', """multi
line""")
print(format(1e-7, ".3e"), format(255, "08b"), format("x", ">3"), round(2.675, 2), 1e16, 1e-5, 0.1 + 0.2, 100000000000000000000, -0.0, 1/3)
print(True, None, ..., 3 + 4j, (1,), {1, 2}, {"a": [1, (2,)]}, [], set(), float("nan"), float("-inf"))
