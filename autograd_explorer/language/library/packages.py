"""Packages beside PyTorch and NumPy that a program may import where they are installed."""

from autograd_explorer.language.library import versions
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
