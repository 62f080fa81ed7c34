"""tqdm: a loop without its bar, which the real one draws on stderr."""


class tqdm:
    def __init__(self, iterable=None, desc=None, total=None, leave=True, file=None, ncols=None,
                 mininterval=0.1, disable=False, unit="it", initial=0, **options):
        if total is None and iterable is not None and hasattr(iterable, "__len__"):
            total = len(iterable)
        self.iterable, self.desc, self.total, self.n = iterable, desc, total, initial
        self.disable = disable

    def __iter__(self):
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self):
        return len(self.iterable) if self.total is None else self.total

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def update(self, n=1):
        self.n += n

    def reset(self, total=None):
        self.n = 0

    def set_description(self, desc=None, refresh=True):
        self.desc = desc

    def set_description_str(self, desc=None, refresh=True):
        self.desc = desc

    def set_postfix(self, ordered_dict=None, refresh=True, **values):
        pass

    def set_postfix_str(self, s="", refresh=True):
        pass

    def close(self):
        pass

    def clear(self, nolock=False):
        pass

    def refresh(self, nolock=False):
        pass

    @staticmethod
    def write(s, file=None, end="\n", nolock=False):
        print(s, end=end)


def trange(*numbers, **options):
    return tqdm(range(*numbers), **options)


tqdm_notebook = tqdm
tnrange = trange
