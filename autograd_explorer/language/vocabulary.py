"""What an editor may offer to complete: the names that a program can reach."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from torch import Tensor

from autograd_explorer.language.library.table import OFFERED, STANDARD, modules_of


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Names by the path before them, sorted: those of "torch.nn" are "Linear", "functional", ….

    Under "" stand the modules that can be imported and the names that need no import, under
    "torch.Tensor" the members of a tensor. Names with an underscore in front are left out: whoever
    wants one knows it.
    """
    members = STANDARD.members_of(Tensor)
    paths = {
        *OFFERED,
        *modules_of(OFFERED),
        *STANDARD.builtins,
        *(f"torch.Tensor.{name}" for name in (*members.attributes, *members.methods)),
    }
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        owner, _, name = path.rpartition(".")
        if not name.startswith("_"):
            found[owner].append(name)
    return {owner: tuple(names) for owner, names in found.items()}
