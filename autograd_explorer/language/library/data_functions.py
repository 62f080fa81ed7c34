"""torch.utils.data.

Each takes the Runtime as its first argument. A DataLoader draws its order as PyTorch's own does:
a number to seed a generator with, and a permutation from that generator.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autograd_explorer.errors import Refused
from autograd_explorer.language.datasets import (
    DataLoader,
    Dataset,
    IterableDataset,
    Subset,
    TensorDataset,
)
from autograd_explorer.language.library.entry import Function, Getter, Members
from autograd_explorer.language.library.standard_functions import answering
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.values import MISSING, size_of


def make_tensors(runtime: Runtime, *tensors: Any) -> TensorDataset:
    if not all(isinstance(tensor, Tensor) for tensor in tensors):
        raise Refused("call", "TensorDataset(…)")
    if any(tensor.size(0) != tensors[0].size(0) for tensor in tensors):
        raise AssertionError("Size mismatch between tensors")
    return TensorDataset(tensors)


def make_subset(runtime: Runtime, dataset: Any, indices: Any) -> Subset:
    return Subset(dataset, indices)


def length(runtime: Runtime, dataset: Any) -> int:
    """len(dataset), by the program's own method where it has written one."""
    if isinstance(dataset, TensorDataset):
        return int(dataset.tensors[0].size(0))
    if isinstance(dataset, Subset):
        return length(runtime, dataset.indices)
    method = runtime.attributes.special(dataset, "__len__")
    if method is not MISSING:
        return int(runtime.calls.call_value(method, (), {}))
    if isinstance(dataset, (list, tuple, range, str, dict, Tensor, np.ndarray)):
        return len(dataset)
    raise TypeError(f"object of type {type(dataset).__name__!r} has no len()")


def item(runtime: Runtime, dataset: Any, index: Any) -> Any:
    if isinstance(dataset, TensorDataset):
        return tuple(runtime.operators.item(tensor, index) for tensor in dataset.tensors)
    if isinstance(dataset, Subset):
        with runtime.calls.deeper():
            if isinstance(index, list):
                index = [runtime.operators.item(dataset.indices, place) for place in index]
                return item(runtime, dataset.dataset, index)
            place = runtime.operators.item(dataset.indices, index)
            return item(runtime, dataset.dataset, place)
    return runtime.operators.item(dataset, index)


def random_split(
    runtime: Runtime, dataset: Any, lengths: Any, generator: Any = None
) -> list[Subset]:
    lengths = [size_of(value) for value in runtime.walking.items(lengths)]
    total = length(runtime, dataset)
    if lengths and all(isinstance(part, float) for part in lengths) and sum(lengths) <= 1.000001:
        parts = [int(total * part) for part in lengths]
        for i in range(total - sum(parts)):
            parts[i % len(parts)] += 1
        lengths = parts
    if sum(lengths) != total:
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    runtime.budget.check_length([], total)
    indices = torch.randperm(total, generator=_source(runtime, generator)).tolist()
    made, first = [], 0
    for part in lengths:
        made.append(Subset(dataset, indices[first : first + part]))
        first += part
    return made


def _source(runtime: Runtime, generator: Any) -> torch.Generator:
    own = runtime.randomness.own if generator is None else generator
    return runtime.randomness.source_of(own)


def make_loader(
    runtime: Runtime,
    dataset: Any,
    batch_size: Any = 1,
    shuffle: Any = None,
    sampler: Any = None,
    batch_sampler: Any = None,
    num_workers: Any = 0,
    collate_fn: Any = None,
    drop_last: Any = False,
    generator: Any = None,
    *,
    pin_memory: Any = False,
    timeout: Any = 0,
    persistent_workers: Any = False,
    prefetch_factor: Any = None,
    worker_init_fn: Any = None,
    pin_memory_device: Any = "",
    in_order: Any = True,
) -> DataLoader:
    """num_workers and pin_memory change only the speed, and are not followed."""
    if num_workers < 0:
        words = "num_workers option should be non-negative; use num_workers=0 to disable "
        raise ValueError(words + "multiprocessing.")
    if timeout < 0:
        raise ValueError("timeout option should be non-negative")
    if num_workers == 0 and prefetch_factor is not None:
        raise ValueError(
            "prefetch_factor option could only be specified in multiprocessing."
            "let num_workers > 0 to enable multiprocessing, otherwise set prefetch_factor to None."
        )
    if persistent_workers and num_workers == 0:
        raise ValueError("persistent_workers option needs num_workers > 0")
    size = size_of(batch_size)
    if size is not None and not (isinstance(size, int) and size > 0):
        raise ValueError(
            f"batch_size should be a positive integer value, but got batch_size={batch_size}"
        )
    if sampler is not None and shuffle:
        raise ValueError("sampler option is mutually exclusive with shuffle")
    if batch_sampler is not None and (batch_size != 1 or shuffle or sampler or drop_last):
        raise ValueError(
            "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and "
            "drop_last"
        )
    if batch_sampler is None and batch_size is None and drop_last:
        raise ValueError(
            "batch_size=None option disables auto-batching and is mutually exclusive with drop_last"
        )
    options = {
        "shuffle": bool(shuffle), "sampler": sampler, "batch_sampler": batch_sampler,
        "collate_fn": collate_fn, "drop_last": drop_last, "generator": generator,
        "num_workers": num_workers, "pin_memory": pin_memory, "timeout": timeout,
        "persistent_workers": persistent_workers, "prefetch_factor": prefetch_factor,
        "worker_init_fn": worker_init_fn,
    }  # fmt: skip
    if shuffle and length(runtime, dataset) <= 0:
        raise ValueError(
            "num_samples should be a positive integer value, but got num_samples="
            f"{length(runtime, dataset)}"
        )
    made = DataLoader(dataset, size_of(batch_size), options)
    options["parts"] = lambda name: _part_of(runtime, made, name)
    return made


def _part_of(runtime: Runtime, loader: DataLoader, name: str) -> Any:
    """loader.sampler and the like: what was given, or what PyTorch makes in its place."""
    options = loader.options
    if options[name] is not None:
        return options[name]
    if name == "collate_fn" and loader.batch_size is not None:
        return runtime.attributes.named("torch.utils.data.default_collate")
    if isinstance(loader.dataset, IterableDataset) or loader.batch_size is None:
        raise Refused("attribute", f"DataLoader.{name}")
    if name == "batch_sampler":
        given = _part_of(runtime, loader, "sampler"), loader.batch_size, options["drop_last"]
        batches = runtime.attributes.named("torch.utils.data.BatchSampler")
        return runtime.calls.call_value(batches, given, {})
    kind = "RandomSampler" if options["shuffle"] else "SequentialSampler"
    named = {"generator": options["generator"]} if options["shuffle"] else {}
    sampler = runtime.attributes.named(f"torch.utils.data.{kind}")
    return runtime.calls.call_value(sampler, (loader.dataset,), named)


def loader_length(runtime: Runtime, loader: DataLoader) -> int:
    batches = loader.options["batch_sampler"]
    if batches is not None:
        return length(runtime, batches)
    sampler = loader.options["sampler"]
    count = length(runtime, loader.dataset if sampler is None else sampler)
    if loader.batch_size is None:
        return count
    rest = 0 if loader.options["drop_last"] else bool(count % loader.batch_size)
    return int(count // loader.batch_size + rest)


def loader_iterate(runtime: Runtime, loader: DataLoader) -> Any:
    """The batches, one after another. PyTorch draws a number for its workers first, also where
    there are none."""
    generator = _source(runtime, loader.options["generator"])
    torch.empty((), dtype=torch.int64).random_(generator=generator)
    return _batches(runtime, loader)


def _batches(runtime: Runtime, loader: DataLoader) -> Iterator[Any]:
    size, options = loader.batch_size, loader.options
    take = _collated if options["collate_fn"] is None else _own_collate
    if _is_iterable(runtime, loader.dataset):
        groups = _grouped(runtime, runtime.walking.walk(loader.dataset), size, options["drop_last"])
        for group in groups:
            yield take(runtime, loader, group) if size is not None else _as_tensor(group)
        return
    if options["batch_sampler"] is not None:
        groups = map(runtime.walking.items, runtime.walking.walk(options["batch_sampler"]))
        size = 1
    else:
        groups = _grouped(runtime, _order(runtime, loader), size, options["drop_last"])
    for group in groups:
        runtime.budget.check_time()
        if size is None:
            found = item(runtime, loader.dataset, group)
            own = options["collate_fn"]
            yield _as_tensor(found) if own is None else runtime.calls.call_value(own, (found,), {})
        else:
            yield take(runtime, loader, [item(runtime, loader.dataset, i) for i in group])


def _is_iterable(runtime: Runtime, dataset: Any) -> bool:
    return isinstance(dataset, IterableDataset)


def _grouped(runtime: Runtime, values: Any, size: Any, drop_last: bool) -> Iterator[Any]:
    if size is None:
        yield from values
        return
    group: list[Any] = []
    for value in values:
        runtime.budget.check_time()
        group.append(value)
        runtime.budget.check_length([], len(group))
        if len(group) == size:
            yield group
            group = []
    if group and not drop_last:
        yield group


def _order(runtime: Runtime, loader: DataLoader) -> Any:
    if loader.options["sampler"] is not None:
        return runtime.walking.walk(loader.options["sampler"])
    count = length(runtime, loader.dataset)
    if not loader.options["shuffle"]:
        return range(count)
    runtime.budget.check_length([], count)
    generator = loader.options["generator"]
    if generator is None:
        seed = torch.empty((), dtype=torch.int64).random_(generator=_source(runtime, None)).item()
        generator = torch.Generator()
        generator.manual_seed(int(seed))
    return iter(torch.randperm(count, generator=_source(runtime, generator)).tolist())


def _own_collate(runtime: Runtime, loader: DataLoader, samples: list[Any]) -> Any:
    return runtime.calls.call_value(loader.options["collate_fn"], (samples,), {})


_STACK = Function(torch.stack, "bounded")


def _collated(runtime: Runtime, loader: DataLoader, samples: list[Any]) -> Any:
    return collate(runtime, samples)


def collate(runtime: Runtime, samples: list[Any] | tuple[Any, ...]) -> Any:
    """Samples of one kind to a batch, as torch.utils.data.default_collate does."""
    with runtime.calls.deeper():
        first = samples[0]
        if isinstance(first, Tensor):
            return runtime.calls.call(_STACK, (samples, 0), {})
        if isinstance(first, np.ndarray):
            return collate(runtime, [torch.as_tensor(sample) for sample in samples])
        if isinstance(first, np.generic):
            return runtime.calls.made(torch.as_tensor(samples))
        if isinstance(first, bool | int):
            return runtime.calls.made(torch.tensor(samples))
        if isinstance(first, float):
            return runtime.calls.made(torch.tensor(samples, dtype=torch.float64))
        if isinstance(first, str):
            return samples
        if isinstance(first, dict):
            return {
                key: collate(runtime, [runtime.operators.item(sample, key) for sample in samples])
                for key in first
            }
        if isinstance(first, list | tuple):
            if any(len(sample) != len(first) for sample in samples):
                raise RuntimeError("each element in list of batch should be of equal size")
            columns = [collate(runtime, column) for column in zip(*samples, strict=True)]
            return type(first)(*columns) if hasattr(first, "_fields") else columns
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; "
        f"found {type(first)}"
    )


def _as_tensor(value: Any) -> Any:
    """What a loader without batches makes of a sample: lists of tuples, as default_convert does."""
    if isinstance(value, np.ndarray | np.generic):
        return torch.as_tensor(value)
    if type(value) is dict:
        return {key: _as_tensor(part) for key, part in value.items()}
    return [_as_tensor(part) for part in value] if type(value) is tuple else value


def default_collate(runtime: Runtime, batch: Any) -> Any:
    return collate(runtime, runtime.walking.items(batch))


_LENGTH, _ITEM = Function(length, "special"), Function(item, "special")


def _option(name: str) -> Getter:
    return lambda loader: loader.options[name]


def _part(name: str) -> Getter:
    return lambda loader: loader.options["parts"](name)


TABLES: dict[type, Members] = {
    TensorDataset: Members(
        attributes={"tensors": lambda dataset: dataset.tensors},
        methods={"__len__": _LENGTH, "__getitem__": _ITEM},
    ),
    Subset: Members(
        attributes={
            "dataset": lambda subset: subset.dataset,
            "indices": lambda subset: subset.indices,
        },
        methods={"__len__": _LENGTH, "__getitem__": _ITEM},
    ),
    DataLoader: Members(
        attributes={
            "dataset": lambda loader: loader.dataset,
            "batch_size": lambda loader: loader.batch_size,
            **{
                name: _option(name)
                for name in """
                    drop_last generator num_workers persistent_workers pin_memory prefetch_factor
                    timeout worker_init_fn
                """.split()
            },
            **{name: _part(name) for name in ("batch_sampler", "collate_fn", "sampler")},
        },
        methods={
            "__len__": Function(loader_length, "special"),
            "__iter__": Function(loader_iterate, "special"),
        },
    ),
}


def names() -> dict[str, object]:
    def special(call: Any, cls: type | None = None) -> Function:
        return Function(call, "special", cls)

    return {
        "Dataset": Function(Dataset, "class", Dataset),
        "IterableDataset": Function(IterableDataset, "class", IterableDataset),
        "TensorDataset": special(make_tensors, TensorDataset),
        "Subset": special(make_subset, Subset),
        "DataLoader": special(make_loader, DataLoader),
        "default_collate": special(default_collate),
        "get_worker_info": special(answering(None)),
        "random_split": special(random_split),
    }
