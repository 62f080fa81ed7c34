"""print with sep and end, f-strings with specs, % and str.format, nested containers."""
import torch

x = torch.tensor([1.5, 2.25])
loss = x.sum()
print("a", 1, 2.0, None, True, sep="|", end="!\n")
print("loss: %.3f after %d steps (%s)" % (loss.item(), 10, "ok"))
print("epoch {}, loss {:.4f}, {name}".format(3, loss.item(), name="w"))
print("{1} {0} {0!r:>6}".format("x", "y"))
print(f"{loss=}", f"{loss.item():>10.2f}|{loss.item():<10.2f}|{loss.item():^10.2f}|{5:05d}|{1e6:,.0f}|{0.25:.1%}")
print([x, {"k": x}], (1,), [], {}, set())
print(f"{x}", f"{x!r}", str(x), repr("quote's"))
print(x.shape, x.size(), x.size(0), x.dtype, x.device)
print(f"{'name':<8}{'value':>8}")
for name, value in {"w": 0.5, "b": -1.25}.items():
    print(f"{name:<8}{value:>8.3f}")
width = 12
print(f"{3.14159:{width}.{3}f}")
print(*[1, 2, 3])
print()
print("tab\there", 'new\\n', """three
lines""")
print(1e-8, 1/3, 2**10, 7//2, -7 % 3, 1_000)
print(torch.tensor([1e-8, 1.0]), torch.tensor([1, 2]), torch.tensor(True), torch.zeros(0))
print(torch.full((12, 12), 0.5))
