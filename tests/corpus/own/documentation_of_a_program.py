"""Train a toy regressor.

usage: train.py [--epochs N]
"""

import argparse

import torch

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--epochs", "-e", default=3, type=int, help="epochs (default: %(default)s)")
print(parser.parse_args(["-e", "2"]), parser.description == __doc__, __doc__.splitlines()[0])


def main():
    w = torch.ones(2, requires_grad=True)
    for _ in range(parser.parse_args([]).epochs):
        w.pow(2).sum().backward()
    return w.grad


print(main(), main.__doc__)
__doc__ = "another"
print(__doc__)
main(1)
