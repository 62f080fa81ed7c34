"""weakref.WeakSet, WeakKeyDictionary and WeakValueDictionary: what they hold may go at any time."""

import weakref


def _same(one, other):
    """As Python compares weak references: by what they lead to, even where that is one object."""
    return hash(one) == hash(other) and bool(one == other)


class WeakSet:
    def __init__(self, data=None):
        self._refs = []
        for item in data or ():
            self.add(item)

    def _alive(self):
        alive = [(ref, ref()) for ref in self._refs]
        alive = [(ref, item) for ref, item in alive if item is not None]
        self._refs = [ref for ref, item in alive]
        return [item for ref, item in alive]

    def __iter__(self):
        return iter(self._alive())

    def __len__(self):
        return len(self._alive())

    def __contains__(self, item):
        return any(_same(known, item) for known in self._alive())

    def add(self, item):
        if item not in self:
            self._refs.append(weakref.ref(item))

    def discard(self, item):
        self._refs = [ref for ref in self._refs if ref() is not None and not _same(ref(), item)]

    def remove(self, item):
        if item not in self:
            raise KeyError(weakref.ref(item))
        self.discard(item)

    def clear(self):
        self._refs = []

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return WeakSet(self)


class _WeakDictionary:
    def __init__(self, dict=None):
        self._pairs = []
        for key, value in (dict or {}).items():
            self[key] = value

    def __getitem__(self, key):
        for known, value in self._alive():
            if _same(known, key):
                return value
        raise KeyError(key)

    def __setitem__(self, key, value):
        for i, (known, _) in enumerate(self._alive()):
            if _same(known, key):
                self._pairs[i] = (self._pairs[i][0], self._weak(key, value)[1])
                return
        self._pairs.append(self._weak(key, value))

    def __delitem__(self, key):
        self.pop(key)

    def pop(self, key, *default):
        for i, (known, value) in enumerate(self._alive()):
            if _same(known, key):
                del self._pairs[i]
                return value
        if default:
            return default[0]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def __contains__(self, key):
        return any(_same(known, key) for known, _ in self._alive())

    def __len__(self):
        return len(self._alive())

    def __iter__(self):
        return iter(self.keys())

    def keys(self):
        return iter([key for key, _ in self._alive()])

    def values(self):
        return iter([value for _, value in self._alive()])

    def items(self):
        return iter(self._alive())

    def clear(self):
        self._pairs = []


class WeakKeyDictionary(_WeakDictionary):
    def _weak(self, key, value):
        return weakref.ref(key), (value,)

    def _alive(self):
        alive = [(key, value) for key, value in self._pairs if key() is not None]
        self._pairs = alive
        return [(key(), value[0]) for key, value in alive]


class WeakValueDictionary(_WeakDictionary):
    def _weak(self, key, value):
        return (key,), weakref.ref(value)

    def _alive(self):
        alive = [(key, value) for key, value in self._pairs if value() is not None]
        self._pairs = alive
        return [(key[0], value()) for key, value in alive]
