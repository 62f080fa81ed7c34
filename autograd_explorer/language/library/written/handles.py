"""Parts of matplotlib's that a program makes by hand, for a legend or to decorate a plot: the names
in a legend are shown, the rest is left out."""


class _Part:
    def __init__(self, *args, label=None, **options):
        self._label = label

    def get_label(self):
        return self._label

    def set_label(self, s):
        self._label = s


class Line2D(_Part):
    pass


class Patch(_Part):
    pass


class Rectangle(Patch):
    pass


class Circle(Patch):
    pass


class Ellipse(Patch):
    pass


class Polygon(Patch):
    pass


class FancyArrowPatch(Patch):
    pass
