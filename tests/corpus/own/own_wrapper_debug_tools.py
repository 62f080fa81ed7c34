import sys
import os
import torch
import contextlib
import io
import traceback
from pprint import pprint
from datetime import datetime, timedelta
from pathlib import Path

print(sys.version_info >= (3, 8), sys.platform != "", torch.__version__.split(".")[0])
print(os.path.join("a", "b.pt"), os.environ.get("HOME_NOT_SET", "default"), os.getcwd() != "")
p = Path("models") / "best.pt"
print(p.name, p.suffix, p.stem, p.parent)


@contextlib.contextmanager
def no_grad_for(module):
    before = [p.requires_grad for p in module.parameters()]
    module.requires_grad_(False)
    try:
        yield module
    finally:
        for p, b in zip(module.parameters(), before):
            p.requires_grad = b


lin = torch.nn.Linear(2, 2)
with no_grad_for(lin) as m:
    print([p.requires_grad for p in m.parameters()])
print([p.requires_grad for p in lin.parameters()])
buf = io.StringIO()
with contextlib.redirect_stdout(buf):
    print("hidden")
print(buf.getvalue().strip().upper())
with contextlib.suppress(ZeroDivisionError):
    1 / 0
try:
    lin(torch.ones(1, 3))
except RuntimeError:
    print(traceback.format_exc().strip().splitlines()[-1])
pprint({"lr": 0.1, "layers": [1, 2, 3], "name": "x" * 10})
print((datetime(2024, 1, 31) + timedelta(days=1)).strftime("%Y/%m/%d"), isinstance(datetime.now(), datetime))
try:
    try:
        raise KeyError("inner")
    except KeyError as e:
        raise ValueError("outer") from e
except ValueError as e:
    print(repr(e), repr(e.__cause__))
finally:
    print("cleanup")
else_ran = []
for i in range(3):
    if i == 5:
        break
else:
    else_ran.append(i)
print(else_ran, end="!\n", file=sys.stdout)
sys.stdout.write("written\n")
assert isinstance(lin, torch.nn.Module), "never"
print(callable(lin), hasattr(lin, "weight"), getattr(lin, "nope", None), type(lin).__mro__[1].__name__, issubclass(torch.nn.Linear, torch.nn.Module), id(lin) == id(lin))
