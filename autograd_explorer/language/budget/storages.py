"""What the tensors of a run take, those that have been freed left out.

A tensor's memory may outlive it, in a graph or a view, so its storage is asked and not the tensor.
"""

import random

from torch import Tensor

from autograd_explorer.torch_internals import StorageWeakRef, storage_key

# The bytes that even an empty tensor takes, for its bookkeeping.
OVERHEAD = 1024
# Of storages as small as this, which are made by the ten thousand, one in so many is counted, and
# stands for as many. Which one, no program can know.
_SMALL, _STANDS_FOR = 2048, 16
_chance = random.Random().random  # noqa: S311  a share, no secret


class Storages:
    """The storages of one run."""

    def __init__(self) -> None:
        self._alive: dict[int, tuple[StorageWeakRef, int]] = {}

    def added(self, tensor: Tensor, size: int) -> int:
        """Count the storage of a new tensor, which takes `size` bytes itself. Returns how many
        bytes of tensors it stands for."""
        try:
            storage = tensor.untyped_storage()
        except NotImplementedError:  # the wrappers of torch.func have none
            return 0
        taken = storage.nbytes() + OVERHEAD
        many = _STANDS_FOR if taken <= _SMALL else 1
        if many > 1 and _chance() * many >= 1:
            return 0
        self._alive[storage_key(storage)] = StorageWeakRef(storage), taken * many
        return size * many

    def forget_freed(self) -> None:
        self._alive = {key: kept for key, kept in self._alive.items() if not kept[0].expired()}

    def bytes(self) -> int:
        return sum([taken for _, taken in self._alive.values()])
