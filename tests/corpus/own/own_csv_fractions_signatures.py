import csv, io, functools, inspect, logging, sys, fractions, collections, os
from pathlib import Path
from fractions import Fraction
from enum import Enum
import torch, torch.nn.functional as F
with open("log.csv", "w", newline="") as f:
    w = csv.writer(f)
    w.writerow(["epoch", "loss"])
    for i in range(3): w.writerow([i, 1 / (i + 1)])
    w.writerow(["a,b", 'say "hi"'])
print(repr(open("log.csv", newline="").read()))
with open("log.csv") as f:
    for row in csv.reader(f): print(row)
with open("d.csv", "w") as f:
    w = csv.DictWriter(f, fieldnames=["a", "b"]); w.writeheader(); w.writerow({"a": 1, "b": None}); w.writerows([{"a": 2.5}])
with open("d.csv") as f:
    rows = list(csv.DictReader(f)); print(rows)
buf = io.StringIO(); csv.writer(buf, delimiter="\t").writerow([1, 2]); print(repr(buf.getvalue()))
@functools.singledispatch
def size(x): return "?"
@size.register(int)
def _(x): return "int"
@size.register(list)
def _(x): return f"list {len(x)}"
@size.register(torch.Tensor)
def _(x): return tuple(x.shape)
print(size(3), size([1, 2]), size(torch.ones(2, 3)), size("x"), size(True))
print(Fraction(1, 3) + Fraction(1, 6), Fraction(3, 6), repr(Fraction("0.25")), float(Fraction(1, 3)), Fraction(2) ** -2, 1 - Fraction(1, 2), Fraction(1,2) < 1)
print(inspect.signature(lambda a, b=2, *args, c, d=4, **kw: None), list(inspect.signature(torch.optim.SGD).parameters)[:4])
print("fused" in inspect.signature(torch.optim.AdamW).parameters, inspect.isclass(int), inspect.isfunction(size))
class Act(Enum):
    RELU = "relu"
    TANH = "tanh"
    def __call__(self, x):
        return {"relu": F.relu, "tanh": torch.tanh}[self.value](x)
    def __lt__(self, other): return self.value < other.value
print(Act.RELU(torch.tensor([-1., 2.])), sorted(Act)[0], Act.RELU < Act.TANH)
os.makedirs("ck", exist_ok=True)
for n in ("b.pt", "a.pt", "c.txt"): Path("ck", n).write_text("x")
print(sorted(p.name for p in Path("ck").glob("*.pt")))
s = {1, 2, 3}; s.difference_update([1]); s.intersection_update({2, 5}); print(s)
cm = collections.ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], dict(cm), len(cm))
class U(collections.UserDict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
u = U(a=1); u["b"] = 4; print(u, len(u), u.get("z"), "a" in u)
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(message)s")
log = logging.getLogger(__name__)
log.warning("careful %s", 3)
