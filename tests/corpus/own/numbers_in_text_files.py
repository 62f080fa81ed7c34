"""numpy.loadtxt, genfromtxt and savetxt on files that the program has written."""

import io

import numpy as np
import torch

text = "# a, b, class\n5.1,3.5,0\n4.9,3.0,1  # measured twice\n\n6.2,x,1\n"
try:
    np.loadtxt(io.StringIO(text), delimiter=",")
except ValueError as error:
    print(error)
print(np.genfromtxt(io.StringIO(text), delimiter=","))
print(np.genfromtxt(io.StringIO("a;b\n1;\n"), delimiter=";", skip_header=1, filling_values=-1))
np.savetxt("small.csv", np.arange(6).reshape(3, 2), fmt="%d", delimiter=",", header="left,right")
with open("small.csv") as file:
    print(file.read())
xy = np.loadtxt("small.csv", delimiter=",", dtype=np.float32)
print(torch.from_numpy(xy[:, :-1]), xy.dtype, xy.shape)
print(np.loadtxt("small.csv", delimiter=",", dtype=int, usecols=1, max_rows=2))
first, second = np.loadtxt("small.csv", delimiter=",", unpack=True)
print(first, second, np.loadtxt(["1 2 3"]).shape, np.loadtxt(["1 2 3"], ndmin=2).shape)
try:
    np.loadtxt(["1 2", "3"])
except ValueError as error:
    print(error)
np.savetxt("row.txt", torch.linspace(0, 1, 3).numpy())
print(open("row.txt").read())
