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
