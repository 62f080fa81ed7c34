"""matplotlib.pyplot, which draws nothing: programs that draw beside what they compute can run.

`refuse` stops the program where it asks for something that only a real figure knows.
"""

import numpy
import warnings

_noted = []


def _note():
    if not _noted:
        _noted.append(True)
        warnings.warn("FigureCanvasAgg is non-interactive, and thus cannot be shown")


class _Artist:
    """A figure, its axes, a line: anything that a program may set and never looks into."""

    def __init__(self, path):
        self._path = path

    def __getattr__(self, name):
        if name.startswith("get_") or name.startswith("_"):
            refuse(f"{self._path}.{name}")
        return _Artist(f"{self._path}.{name}")

    def __call__(self, *args, **options):
        _note()
        return _Artist(f"{self._path}()")

    def __getitem__(self, index):
        return _Artist(f"{self._path}[…]")

    def __setitem__(self, index, value):
        pass

    def __iter__(self):
        refuse(f"for … in {self._path}")

    def __len__(self):
        refuse(f"len({self._path})")

    def __bool__(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def __repr__(self):
        refuse(f"repr({self._path})")

    def plot(self, *args, **options):
        return plot(*args, **options)

    def hist(self, x, bins=10, **options):
        return hist(x, bins, **options)

    def subplots(self, nrows=1, ncols=1, **options):
        return subplots(nrows, ncols, **options)[1]


class _Grid:
    """The axes that subplots gives, as an array of NumPy's would hold them."""

    def __init__(self, parts):
        self._parts = parts
        inner = parts[0]
        self.shape = (len(parts), *inner.shape) if isinstance(inner, _Grid) else (len(parts),)
        self.size = len(parts) * (inner.size if isinstance(inner, _Grid) else 1)
        self.ndim = len(self.shape)

    def __getitem__(self, index):
        if isinstance(index, tuple):
            first, *rest = index
            if isinstance(first, slice):
                return _Grid([part[rest[0]] for part in self._parts[first]])
            found = self._parts[first]
            return found[rest[0]] if rest else found
        found = self._parts[index]
        return _Grid(found) if isinstance(index, slice) else found

    def __iter__(self):
        yield from self._parts

    def __len__(self):
        return len(self._parts)

    def flatten(self):
        if self.ndim == 1:
            return self
        return _Grid([part for row in self._parts for part in row])

    def ravel(self, order="C"):
        return self.flatten()

    def reshape(self, *shape):
        return self.flatten() if shape in ((-1,), (self.size,)) else refuse("axes.reshape(…)")

    @property
    def flat(self):
        return self.flatten()

    @property
    def T(self):
        if self.ndim == 1:
            return self
        return _Grid([_Grid(list(column)) for column in zip(*self._parts)])


def _draw(*args, **options):
    _note()
    return _Artist("plt.…()")


def plot(*args, **options):
    _note()
    return [_Artist("plt.plot()[0]")]


def hist(x, bins=10, range=None, density=False, **options):
    _note()
    values = numpy.asarray(x).ravel()
    counts, edges = numpy.histogram(values, bins=bins, range=range, density=density)
    return counts, edges, _Artist("plt.hist()[2]")


def subplots(nrows=1, ncols=1, squeeze=True, **options):
    _note()
    rows = [_Grid([_Artist("ax") for j in range(ncols)]) for i in range(nrows)]
    figure = _Artist("fig")
    if not squeeze:
        return figure, _Grid(rows)
    if nrows == 1 and ncols == 1:
        return figure, rows[0][0]
    if nrows == 1:
        return figure, rows[0]
    return figure, _Grid([row[0] for row in rows] if ncols == 1 else rows)


acorr = annotate = arrow = autoscale = axes = axhline = axhspan = axis = axline = axvline = _draw
axvspan = bar = bar_label = barbs = barh = box = boxplot = broken_barh = cla = clabel = clf = _draw
clim = close = cohere = colorbar = contour = contourf = csd = delaxes = draw = errorbar = _draw
eventplot = figimage = figlegend = figtext = figure = fill = fill_between = fill_betweenx = _draw
gca = gcf = gci = gray = grid = hexbin = hist2d = hlines = hot = imread = imsave = imshow = _draw
inferno = ioff = ion = jet = legend = locator_params = loglog = magma = magnitude_spectrum = _draw
margins = matshow = minorticks_off = minorticks_on = pause = pcolor = pcolormesh = pie = _draw
plasma = plot_date = polar = psd = quiver = quiverkey = rc = rcdefaults = savefig = sca = _draw
scatter = sci = semilogx = semilogy = set_cmap = setp = show = specgram = spring = spy = _draw
stackplot = stairs = stem = step = streamplot = subplot = subplot2grid = subplot_mosaic = _draw
subplots_adjust = summer = suptitle = switch_backend = table = text = tick_params = _draw
ticklabel_format = tight_layout = title = tricontour = tricontourf = tripcolor = triplot = _draw
twinx = twiny = vlines = violinplot = viridis = winter = xcorr = xkcd = xlabel = xlim = _draw
xscale = xticks = ylabel = ylim = yscale = yticks = thetagrids = rgrids = connect = _draw

rcParams = _Artist("plt.rcParams")
cm = _Artist("plt.cm")
style = _Artist("plt.style")
Figure = Axes = Line2D = Circle = Rectangle = Polygon = Normalize = GridSpec = _Artist("plt.…")
