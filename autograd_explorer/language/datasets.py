"""What torch.utils.data gives a program, in classes of our own that hold data and nothing else."""

from typing import Any

from torch import Tensor


class Dataset:
    """torch.utils.data.Dataset, as a base for classes of the program's: it has nothing of its
    own."""


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    def __init__(self, tensors: tuple[Tensor, ...]) -> None:
        self.tensors = tensors


class Subset(Dataset):
    def __init__(self, dataset: Any, indices: Any) -> None:
        self.dataset = dataset
        self.indices = indices


class DataLoader:
    """.order  the places in the dataset, or None where it is walked from the front"""

    def __init__(self, dataset: Any, batch_size: Any, options: dict[str, Any]) -> None:
        self.dataset = dataset
        self.batch_size = batch_size
        self.options = options


# What native code may be given, as data.
KEPT: tuple[type, ...] = (Dataset, DataLoader)
for _ours, _module in (
    (Dataset, "dataset"),
    (IterableDataset, "dataset"),
    (TensorDataset, "dataset"),
    (Subset, "dataset"),
    (DataLoader, "dataloader"),
):
    _ours.__module__ = f"torch.utils.data.{_module}"
