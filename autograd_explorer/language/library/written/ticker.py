"""matplotlib.ticker: where ticks stand and how they are written. The figures here choose that
themselves, so a program may make these and hand them to an axis, and nothing follows from it."""


class _Ticks:
    def __init__(self, *args, **options):
        pass


class Locator(_Ticks):
    pass


class Formatter(_Ticks):
    pass


class AutoLocator(Locator):
    pass


class AutoMinorLocator(Locator):
    pass


class FixedLocator(Locator):
    pass


class LogLocator(Locator):
    pass


class MaxNLocator(Locator):
    pass


class MultipleLocator(Locator):
    pass


class NullLocator(Locator):
    pass


class FormatStrFormatter(Formatter):
    pass


class FuncFormatter(Formatter):
    pass


class NullFormatter(Formatter):
    pass


class PercentFormatter(Formatter):
    pass


class ScalarFormatter(Formatter):
    pass


class StrMethodFormatter(Formatter):
    pass
