"""numpy.nditer over one array, as gradient checks use it."""

import numpy


class nditer:
    def __init__(self, op, flags=(), op_flags=(), order="K"):
        self._op, self._places, self._at = op, list(numpy.ndindex(*op.shape)), 0

    @property
    def finished(self):
        return self._at >= len(self._places)

    @property
    def multi_index(self):
        return self._places[self._at]

    @property
    def index(self):
        return self._at

    def iternext(self):
        self._at += 1
        return not self.finished

    def reset(self):
        self._at = 0

    def __getitem__(self, index):
        return self._op[self._places[self._at]]

    def __len__(self):
        return 1

    def __iter__(self):
        while not self.finished:
            yield self._op[self._places[self._at]]
            self._at += 1

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


class _Beside:
    """numpy.c_[a, b]: arrays beside one another, as columns."""

    def __getitem__(self, parts):
        parts = parts if isinstance(parts, tuple) else (parts,)
        if any(isinstance(part, (slice, str)) for part in parts):
            refuse("numpy.c_[a:b]")
        parts = [numpy.asarray(part) for part in parts]
        parts = [p.reshape(1, 1) if p.ndim == 0 else p for p in parts]
        return numpy.concatenate([p.reshape(-1, 1) if p.ndim == 1 else p for p in parts], axis=-1)


class _Behind:
    """numpy.r_[a, b]: arrays one behind the other."""

    def __getitem__(self, parts):
        parts = parts if isinstance(parts, tuple) else (parts,)
        if any(isinstance(part, (slice, str)) for part in parts):
            refuse("numpy.r_[a:b]")
        parts = [numpy.asarray(part) for part in parts]
        return numpy.concatenate([p.reshape(1) if p.ndim == 0 else p for p in parts])


c_ = _Beside()
r_ = _Behind()
