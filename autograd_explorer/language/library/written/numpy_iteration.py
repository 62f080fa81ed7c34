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


def ndenumerate(arr):
    arr = numpy.asarray(arr)
    return iter([(place, arr[place]) for place in numpy.ndindex(*arr.shape)])


class vectorize:
    def __init__(self, pyfunc=None, otypes=None, doc=None, excluded=None, cache=False,
                 signature=None):
        if signature is not None or excluded is not None:
            refuse("numpy.vectorize(signature=…)")
        self.pyfunc, self._types = pyfunc, otypes

    def __call__(self, *args):
        arrays = numpy.broadcast_arrays(*args)
        shape = arrays[0].shape
        flat = [array.ravel() for array in arrays]
        made = numpy.array([self.pyfunc(*items) for items in zip(*flat)])
        if self._types:
            made = made.astype(self._types[0])
        return made.reshape(shape)


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = numpy.moveaxis(numpy.asarray(arr), axis, -1)
    shape = arr.shape[:-1]
    made = [numpy.asarray(func1d(row, *args, **kwargs)) for row in arr.reshape(-1, arr.shape[-1])]
    whole = numpy.stack(made).reshape(*shape, *made[0].shape)
    return numpy.moveaxis(whole, -1, axis) if made[0].ndim else whole


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    return function(*numpy.indices(shape, dtype=dtype), **kwargs)


def fromiter(iter, dtype, count=-1):
    return numpy.array(list(iter), dtype=dtype)


def piecewise(x, condlist, funclist, *args, **kw):
    x = numpy.asarray(x)
    made = numpy.zeros_like(x)
    if not isinstance(condlist, (list, tuple)):
        condlist = [condlist]
    conds = [numpy.asarray(cond, dtype=bool) for cond in condlist]
    if len(funclist) == len(conds) + 1:
        conds.append(~numpy.any(numpy.stack(conds), axis=0))
    for cond, value in zip(conds, funclist):
        made[cond] = value(x[cond], *args, **kw) if callable(value) else value
    return made


class _Slices:
    """numpy.s_[1:3]"""

    def __getitem__(self, item):
        return item


s_ = index_exp = _Slices()


class _Grid:
    """numpy.mgrid[0:3, 0:1:5j]"""

    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        lines = []
        for part in parts:
            start, step = part.start or 0, part.step
            if isinstance(step, complex):
                lines.append(numpy.linspace(start, part.stop, int(abs(step))))
            else:
                lines.append(numpy.arange(start, part.stop, 1 if step is None else step))
        if any(line.dtype.kind == "f" for line in lines):
            lines = [line.astype(float) for line in lines]
        if not isinstance(key, tuple):
            return lines[0]
        if self._sparse:
            return tuple(
                line.reshape([-1 if j == i else 1 for j in range(len(lines))])
                for i, line in enumerate(lines)
            )
        return numpy.stack(numpy.meshgrid(*lines, indexing="ij"))


mgrid, ogrid = _Grid(False), _Grid(True)


def ix_(*args):
    made = []
    for i, one in enumerate(args):
        one = numpy.asarray(one)
        if one.dtype == bool:
            one = numpy.nonzero(one)[0]
        made.append(one.reshape([-1 if j == i else 1 for j in range(len(args))]))
    return tuple(made)


def tril_indices_from(arr, k=0):
    return numpy.tril_indices(arr.shape[-2], k, arr.shape[-1])


def triu_indices_from(arr, k=0):
    return numpy.triu_indices(arr.shape[-2], k, arr.shape[-1])


def diag_indices(n, ndim=2):
    return (numpy.arange(n),) * ndim


def diag_indices_from(arr):
    return diag_indices(arr.shape[0], arr.ndim)
