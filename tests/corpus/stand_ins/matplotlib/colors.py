"""Colours that a program makes, for plain Python, which has no matplotlib here."""


class _Colours:
    def __init__(self, *args, **options):
        pass


ListedColormap = Normalize = _Colours
