import argparse
import json
import os
import sys
import time

import torch


def get_args():
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--optimizer", choices=["sgd", "adam"], default="sgd")
    parser.add_argument("--hidden", type=int, nargs="+", default=[4, 4])
    parser.add_argument("--verbose", "-v", action="store_true")
    parser.add_argument("--save_dir", type=str, default="./checkpoints", help="where to save")
    return parser.parse_args(args=[] if True else None)


def main(args):
    torch.manual_seed(0)
    start = time.time()
    w = torch.zeros(1, requires_grad=True)
    opt = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[args.optimizer]([w], lr=args.lr)
    for epoch in range(args.epochs):
        loss = (w - 3).pow(2).sum()
        opt.zero_grad()
        loss.backward()
        opt.step()
        if args.verbose or epoch == args.epochs - 1:
            print(f"epoch {epoch} loss {loss:.4f}")
    elapsed = time.time() - start
    assert elapsed < 60
    print(json.dumps({"w": round(w.item(), 4), "args": vars(args)}, indent=2, sort_keys=True))
    print(os.path.join(args.save_dir, "model.pt"))


if __name__ == "__main__":
    main(get_args())
