"""tqdm for plain Python, as programs see it. The real one draws its bar on stderr."""


class tqdm:  # noqa: N801  its name
    def __init__(self, iterable=None, *_, total=None, **__):
        self.iterable, self.total, self.n = iterable, total, 0

    def __iter__(self):
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self):
        return len(self.iterable) if self.total is None else self.total

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def update(self, n=1):
        self.n += n

    def _nothing(self, *_, **__):
        pass

    set_description = set_description_str = set_postfix = set_postfix_str = _nothing
    close = refresh = clear = _nothing

    @staticmethod
    def write(text, **_):
        print(text)


def trange(*numbers, **options):
    return tqdm(range(*numbers), **options)
