"""Ticks that a program makes, for plain Python, which has no matplotlib here."""


class _Ticks:
    def __init__(self, *args, **options):
        pass


FormatStrFormatter = MultipleLocator = _Ticks
