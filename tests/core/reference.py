"""Plain Python and plain PyTorch: the referees."""

import contextlib
import io
import re

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
