"""What a program may do with the memory of a tensor: storages, and resize_.

Each function takes the Runtime as its first argument.
"""

import math
from typing import Any

import torch
from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.belongings import Storage
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import python_name, size_of


def storage_of(runtime: Runtime, tensor: Tensor) -> Storage:
    return Storage(tensor, typed=True)


def bytes_of(runtime: Runtime, tensor: Tensor) -> Storage:
    return Storage(tensor, typed=False)


def resized(runtime: Runtime, tensor: Tensor, *sizes: Any) -> Tensor:
    """tensor.resize_(…): the same memory in another shape. What is new in it is zero, where PyTorch
    leaves what was there before."""
    given = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], list | tuple) else sizes
    shape = torch.Size(size_of(list(given)))
    runtime.budget.check_elements(math.prod(shape))
    held = tensor.untyped_storage().nbytes() // tensor.element_size()
    more = math.prod(shape) + tensor.storage_offset() - held
    if more > 0 and not tensor.requires_grad and min(shape, default=1) > 0:
        # A storage that somebody has looked at by NumPy cannot grow: a larger one replaces it.
        whole = tensor.detach().as_strided((held,), (1,), 0)
        grown = torch.cat([whole, whole.new_zeros(more)]).untyped_storage()
        strides = torch.empty(shape, device="meta").stride()
        return runtime.calls.made(tensor.set_(grown, tensor.storage_offset(), shape, strides))  # type: ignore[no-any-return]
    return runtime.calls.made(tensor.resize_(shape))  # type: ignore[no-any-return]


def resized_as(runtime: Runtime, tensor: Tensor, other: Any) -> Tensor:
    if not isinstance(other, Tensor):
        raise TypeError(
            f"resize_as_(): argument 'other' (position 1) must be Tensor, not {python_name(other)}"
        )
    return resized(runtime, tensor, *other.shape)


def storage_item(runtime: Runtime, storage: Storage, index: Any) -> Any:
    return storage[int(index)]


def put_in_storage(runtime: Runtime, storage: Storage, index: Any, value: Any) -> None:
    if not storage.typed or isinstance(index, slice):
        raise Refused("assignment", "storage[…]")
    storage[int(index)] = runtime.calls.native(value, "bounded")
    runtime.observer.place(storage.tensor, runtime.state.line)


def storage_length(runtime: Runtime, storage: Storage) -> int:
    return len(storage)


def storage_pointer(runtime: Runtime, storage: Storage) -> int:
    return runtime.addresses.of_data(storage.whole())


def storage_list(runtime: Runtime, storage: Storage) -> Any:
    whole = storage.whole()
    runtime.budget.check_length([], len(whole))
    return whole.tolist()
