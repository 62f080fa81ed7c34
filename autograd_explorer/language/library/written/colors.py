"""matplotlib.colors: colours that a program makes for its pictures. The figures here have their own,
which follow the page's theme, so nothing follows from these."""


class Colormap:
    def __init__(self, name="", N=256):
        self.name, self.N = name, N


class ListedColormap(Colormap):
    def __init__(self, colors, name="from_list", N=None):
        super().__init__(name, len(colors) if N is None else N)
        self.colors = colors


class Normalize:
    def __init__(self, vmin=None, vmax=None, clip=False):
        self.vmin, self.vmax, self.clip = vmin, vmax, clip


class LogNorm(Normalize):
    pass


class TwoSlopeNorm(Normalize):
    def __init__(self, vcenter, vmin=None, vmax=None):
        super().__init__(vmin, vmax)
        self.vcenter = vcenter
