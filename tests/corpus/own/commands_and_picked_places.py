# Commands of a command line, and picking from arrays by lists of places
import argparse
import numpy as np
p = argparse.ArgumentParser()
p.add_argument("--seed", type=int, default=1)
sub = p.add_subparsers(dest="cmd", required=True)
f = sub.add_parser("fit", help="train"); f.add_argument("--lr", type=float, default=0.1); f.add_argument("layers", nargs="*", type=int); f.set_defaults(func=len)
e = sub.add_parser("eval"); e.add_argument("path")
a = p.parse_args(["--seed", "3", "fit", "--lr", "0.5", "4", "5"]); print(a.cmd, a.lr, a.layers, a.seed, a.func is len)
print(p.parse_args(["eval", "x.pt"]))
try: p.parse_args([])
except SystemExit as stop: print(stop.code)
A = np.arange(400.).reshape(20, 20); r, c = (A % 3 == 0).nonzero(); print(A[r, c].sum(), A[r][:, c].shape, A[np.ix_([1, 2], [3, 4])], A[..., [0, 1]].shape, A[None, r[:3], 2:4].shape, A[A > 390], A[[True] * 20, 0].shape)
A[r, c] = 0; print(A.sum())
