# Frozen dataclasses as keys, fields within str.format, flags of a command line, lines of a log
import argparse
import logging
import sys
from dataclasses import dataclass, field

import torch


@dataclass(frozen=True)
class Key:
    name: str
    size: int = 1
    note: str = field(default="", compare=False)


@dataclass(unsafe_hash=True)
class Loose:
    x: int


class Failed(ValueError):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


class Nothing:
    def __repr__(self):
        return "nothing at all"

    def __str__(self):
        return "as text: " + super().__str__()


known = {Key("a"): 1, Key("a", note="other"): 2, Loose(3): 3}
print(known, Key("a") in known, hash(Key("a")) == hash(Key("a")), known[Loose(3)])
print(Failed("out of range", 3), repr(Failed("m", 1)), Nothing())
x = torch.ones(2, 3)
print("{0.shape} {0[0]} {k[a][1]} {1.name:>4}|{k[a]!r:>8}".format(x, Key("b"), k={"a": [1, 2]}))
parser = argparse.ArgumentParser()
parser.add_argument("--act", choices=list({"relu": 1, "gelu": 2}), default="relu")
parser.add_argument("--hidden", type=int, nargs="+", default=[16, 16])
parser.add_argument("--batch-size", type=int, default=1)
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("-n", type=int, default=0)
print(parser.parse_args(["--act", "gelu", "--hidden", "8", "4", "-vv"]))
print(parser.parse_args(["-vv", "-n3", "--batch", "4", "--hid=3"]))
print(parser.parse_args(["-v", "-n", "-3", "-vvn4"]))
logger = logging.getLogger("train")
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)s %(funcName)s:%(lineno)d %(message)s"))
logger.addHandler(handler)


def step():
    logger.warning("loss %.2f", 0.5)


step()
logger.error("done")


class Net(torch.nn.Module):
    """A net."""

    __constants__ = ["size"]


def forward(self, x):
    return x * 2


Net.forward = forward
print(Net()(x), Net.__doc__, Net.__constants__, b"-".join([b"a", b"b"]).replace(b"-", b"+"))
print([10, 20].__iter__().__next__(), torch.Generator().device)
step.missing
