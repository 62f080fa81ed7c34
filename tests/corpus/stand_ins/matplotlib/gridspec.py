"""Places of axes, for plain Python, which has no matplotlib here."""


class GridSpec:
    def __init__(self, *args, **options):
        pass

    def __getitem__(self, index):
        return self
