# Classes made from the abstract ones of collections.abc, with the methods that these bring along
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence, Sequence, Set
from typing import Iterator as Steps

import torch


class Config(MutableMapping):
    def __init__(self, data=None, **named):
        self._data = {}
        self.update(data or {}, **named)

    def __getitem__(self, key):
        head, _, tail = key.partition(".")
        return self._data[head][tail] if tail else self._data[head]

    def __setitem__(self, key, value):
        self._data[key] = Config(value) if isinstance(value, dict) else value

    def __delitem__(self, key):
        del self._data[key]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)


config = Config({"model": {"dim": 4}}, lr=0.1)
print(config["model.dim"], config.get("zzz", 5), "lr" in config, list(config.items())[1], len(config))
print(config.pop("lr"), config.pop("lr", None), config.setdefault("seed", 3), sorted(config.keys()))
print(config == {"model": Config(dim=4), "seed": 3}, [type(v).__name__ for v in config.values()])
print(isinstance(config, Mapping), isinstance(config, MutableMapping), isinstance(config, Sequence))
print({**config["model"]}, dict(config["model"]), isinstance({}, Mapping))
config.clear()
print(len(config), bool(config))


class Frames(Sequence):
    def __init__(self, x):
        self.x = x

    def __len__(self):
        return len(self.x) - 1

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        return self.x[i : i + 2].tolist()


frames = Frames(torch.arange(4))
print([*frames], [1, 2] in frames, frames.index([2, 3]), frames.count([0, 1]), list(reversed(frames)))
print(isinstance(frames, Sequence), isinstance(frames, Iterator), len(frames))


class Halving(Steps):
    def __init__(self, rate):
        self.rate = rate

    def __next__(self):
        self.rate /= 2
        if self.rate < 0.1:
            raise StopIteration
        return self.rate


print(list(Halving(1.0)), isinstance(Halving(1), Iterator))


class Stack(MutableSequence):
    def __init__(self, items=()):
        self.items = list(items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, value):
        self.items[i] = value

    def __delitem__(self, i):
        del self.items[i]

    def __len__(self):
        return len(self.items)

    def insert(self, i, value):
        self.items.insert(i, value)


stack = Stack([1, 2])
stack.append(3)
stack += [4, 5]
stack.reverse()
print(list(stack), stack.pop(), stack.index(4), 2 in stack)
stack.remove(4)
print(list(stack))


class Names(Set):
    def __init__(self, names):
        self.names = sorted(names)

    def __contains__(self, name):
        return name in self.names

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)

    def __repr__(self):
        return f"Names({self.names})"


print(Names("abc") & Names("bcd"), Names("ab") | Names("c"), Names("abc") - Names("a"))
print(Names("ab") <= Names("abc"), Names("ab") == {"a", "b"}, Names("a").isdisjoint(Names("b")))


class Half(Mapping):
    def __len__(self):
        return 0


print(hash((1, 2)) % 1000, hash((0.5, (3,))) % 1000, hash(frozenset([1, 2])) % 1000)
Half()
