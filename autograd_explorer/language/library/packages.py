"""Packages beside PyTorch and NumPy that a program may import where they are installed."""

from autograd_explorer.language.library import torch_more, torch_names, versions
from autograd_explorer.language.library.entry import Members

NAMES: dict[str, object] = dict(versions.NAMES)
TABLES: dict[type, Members] = dict(versions.TABLES)
try:
    from autograd_explorer.language.library import einops_names
except ImportError:  # the engine does without
    pass
else:
    NAMES.update(einops_names.NAMES)
    TABLES.update(einops_names.TABLES)

# What an editor does not offer: numbers that nothing computes with, and what begins like this.
_COMPUTED = {*torch_names.DTYPES, "complex64", "complex128", "cfloat", "cdouble"}
RARE = (
    "numpy.polynomial.", "torch._", "torch.backends.", "torch.distributions.utils.", "torch.mtia.",
    "torch.xpu.", "typing_extensions.",
)  # fmt: skip
NOT_OFFERED = frozenset(f"torch.{n}" for n in torch_more.DTYPES if n not in _COMPUTED)
