"""IPython.display: values are printed, as in a terminal; what only a notebook can show is left out."""


def display(*objs, include=None, exclude=None, metadata=None, transient=None, display_id=None):
    for value in objs:
        if not isinstance(value, DisplayObject):
            print(repr(value))


def clear_output(wait=False):
    pass


def set_matplotlib_formats(*formats, **options):
    pass


class DisplayObject:
    def __init__(self, data=None, *others, **options):
        self.data = data


class HTML(DisplayObject):
    pass


class Markdown(DisplayObject):
    pass


class Latex(DisplayObject):
    pass


class Math(DisplayObject):
    pass


class Image(DisplayObject):
    pass


class SVG(DisplayObject):
    pass
