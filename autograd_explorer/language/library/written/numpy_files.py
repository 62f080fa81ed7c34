"""numpy.save and numpy.load, within the run's memory."""

import os

import numpy
import torch


class _Files(dict):
    """What numpy.load gives for several arrays."""

    @property
    def files(self):
        return list(self.keys())

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def _named(file, end):
    if not (isinstance(file, str) or hasattr(file, "__fspath__")):
        return file
    name = os.fspath(file)
    return name if name.endswith(end) else name + end


def save(file, arr, allow_pickle=True):
    torch.save(numpy.array(arr), _named(file, ".npy"))


def savez(file, *args, **kwds):
    arrays = {**kwds, **{f"arr_{i}": value for i, value in enumerate(args)}}
    made = {name: numpy.array(value) for name, value in arrays.items()}
    torch.save(made, _named(file, ".npz"))


savez_compressed = savez


def load(file, mmap_mode=None, allow_pickle=False, encoding="ASCII"):
    kept = torch.load(file, weights_only=False)
    if not isinstance(kept, (dict, numpy.ndarray)):
        refuse("numpy.load")
    return _Files(kept) if isinstance(kept, dict) else kept
