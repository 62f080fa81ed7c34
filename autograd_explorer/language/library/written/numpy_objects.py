"""A row of objects as NumPy has it with dtype=object, for memories of steps: to put into, to read
and to slice. What NumPy would do with its items one by one is refused."""

class ndarray:
    """._items   the list behind it, which a slice shares
    ._places  which of them it shows"""

    def __init__(self, items, places=None):
        self._items = items
        self._places = list(range(len(items))) if places is None else places

    def __len__(self):
        return len(self._places)

    def __iter__(self):
        for place in self._places:
            yield self._items[place]

    def _chosen(self, index):
        """The places behind several indices, or behind a row of True and False."""
        index = index.tolist() if hasattr(index, "tolist") else index
        if isinstance(index, list) and all(isinstance(i, bool) for i in index):
            if len(index) != len(self):
                refuse("numpy.ndarray of object")
            return [place for place, taken in zip(self._places, index) if taken]
        if not isinstance(index, list) or not all(isinstance(i, int) for i in index):
            refuse("numpy.ndarray of object")
        return [self._place(i) for i in index]

    def _place(self, i):
        if not -len(self) <= i < len(self):
            raise IndexError(f"index {i} is out of bounds for axis 0 with size {len(self)}")
        return self._places[i]

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ndarray(self._items, self._places[index])
        if isinstance(index, bool) or index is None or isinstance(index, tuple):
            refuse("numpy.ndarray of object")
        if hasattr(index, "__index__") and getattr(index, "ndim", 0) == 0:
            return self._items[self._place(int(index))]
        return ndarray([self._items[place] for place in self._chosen(index)])

    def __setitem__(self, index, value):
        if isinstance(index, bool) or not hasattr(index, "__index__"):
            refuse("numpy.ndarray of object")
        if getattr(index, "ndim", 0):
            refuse("numpy.ndarray of object")
        self._items[self._place(int(index))] = value

    @property
    def shape(self):
        return (len(self),)

    @property
    def size(self):
        return len(self)

    @property
    def ndim(self):
        return 1

    def tolist(self):
        return list(self)

    def copy(self):
        return ndarray(self.tolist())

    def __repr__(self, *others):
        refuse("numpy.ndarray of object")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __neg__ = __abs__ = __repr__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __pow__ = __repr__
    __mod__ = __floordiv__ = __matmul__ = __iadd__ = __isub__ = __imul__ = __float__ = __repr__

    def __getattr__(self, name):
        refuse("numpy.ndarray of object")


def filled(shape, value):
    if isinstance(shape, (tuple, list)):
        if len(shape) != 1:
            refuse("numpy.ndarray of object")
        shape = shape[0]
    if not hasattr(shape, "__index__"):
        refuse("numpy.ndarray of object")
    return ndarray([value] * int(shape))


def of(object):
    if isinstance(object, ndarray):
        return object.copy()
    if not isinstance(object, (list, tuple)):
        refuse("numpy.ndarray of object")
    rows = [isinstance(item, (list, tuple)) for item in object]
    plain = (str, int, float, dict, set, list, tuple)
    if not all(item is None or isinstance(item, plain) for item in object):
        refuse("numpy.ndarray of object")
    if rows and all(rows) and len({len(item) for item in object}) < 2:
        refuse("numpy.ndarray of object")
    return ndarray(list(object))
