"""Plain Python and plain PyTorch: the referees."""

import contextlib
import io
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import torch
import torch.nn.functional as F


def printed_by_python(source):
    """What the program prints under plain Python, in this process; addresses cut."""
    out = io.StringIO()
    quiet = contextlib.suppress(RuntimeError)
    with torch.random.fork_rng(), contextlib.redirect_stdout(out), quiet:
        exec(source, {})  # noqa: S102  our own text, and the point of the comparison
    return without_addresses(out.getvalue())


def without_addresses(text):
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def plain_pytorch(n_in, n_out, seed):
    generator = torch.Generator().manual_seed(seed)
    x, y = torch.ones(n_in), torch.zeros(n_out)
    w = torch.randn(n_in, n_out, generator=generator, requires_grad=True)
    b = torch.randn(n_out, generator=generator, requires_grad=True)
    z = torch.matmul(x, w) + b
    loss = F.binary_cross_entropy_with_logits(z, y)
    loss.backward()
    return {"z": z, "loss": loss}, {"w": w, "b": b}


def same_records(left, right, values=True):
    """Two records are equal, field by field: types, arrays bit by bit, NaN included.

    values  whether the arrays' numbers are compared, and not only their kinds
    """
    if isinstance(left, Mapping):
        assert list(left) == list(right)
        for name in left:
            same_records(left[name], right[name], values)
        return
    assert type(left) is type(right), (left, right)
    if isinstance(left, np.ndarray):
        assert left.dtype == right.dtype and left.shape == right.shape
        assert not values or left.tobytes() == right.tobytes()
    elif isinstance(left, tuple) and hasattr(left, "_fields"):
        for one, other in zip(left, right, strict=True):
            same_records(one, other, values)
    elif is_dataclass(left):
        for field in fields(left):
            same_records(getattr(left, field.name), getattr(right, field.name), values)
    elif isinstance(left, tuple):
        assert len(left) == len(right)
        for one, other in zip(left, right, strict=True):
            same_records(one, other, values)
    else:
        assert left == right or (left != left and right != right), (left, right)
