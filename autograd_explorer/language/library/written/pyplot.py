"""matplotlib.pyplot: which figure and which axes a program means. What is drawn is kept as numbers
by library/drawing.py, under the functions whose names begin with an underscore.

`refuse` stops the program where it asks for something that only a real figure knows.
"""

import numpy

_DRAWN = """
    annotate axhline axvline bar barh contour contourf errorbar fill_between hlines imshow loglog
    pcolor pcolormesh scatter semilogx semilogy step text vlines
""".split()
# Those that give a list; the others give the one thing that they have drawn.
_SEVERAL = "bar barh errorbar loglog plot semilogx semilogy step".split()
_MARKED = "axhline axvline scatter".split()
# Calls that draw, but not here: the figure says so.
_NOT_DRAWN = """
    acorr arrow axhspan axline axvspan barbs bar_label boxplot broken_barh cohere csd eventplot
    figimage figlegend figtext fill fill_betweenx hexbin hist2d magnitude_spectrum pie plot_date
    polar psd quiver quiverkey specgram spy stackplot stairs stem streamplot subplot_mosaic table
    tricontour tricontourf tripcolor triplot twinx twiny violinplot xcorr
""".split()
_ONLY_METHODS = """
    add_artist add_collection add_line add_patch inset_axes plot_surface plot_trisurf
    plot_wireframe
""".split()
_current = {"figure": None, "axes": None, "interactive": False}
_figures = {}  # those that are open, by their names


class Artist:
    """Anything that a program may set and never looks into."""

    def __init__(self, path):
        self._path = path

    def __getattr__(self, name):
        if name.startswith("get_") or name.startswith("_"):
            refuse(f"{self._path}.{name}")
        return Artist(f"{self._path}.{name}")

    def __call__(self, *args, **options):
        return Artist(f"{self._path}()")

    def __getitem__(self, index):
        return Artist(f"{self._path}[…]")

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


class RcParams(Artist):
    pass


class _Legend(Artist):
    """Its texts and lines may be set, and are left as they are."""

    def get_texts(self):
        return Artist("legend.get_texts()")

    def get_lines(self):
        return Artist("legend.get_lines()")

    def get_frame(self):
        return Artist("legend.get_frame()")


class Drawn(Artist):
    """A picture, an area or a text. It stays as it was drawn, and the figure says so."""

    def __init__(self, path, axes):
        self._path, self._on = path, axes

    def set_data(self, *args):
        self._on._skips("set_data")

    def set_array(self, *args):
        self._on._skips("set_array")


class Line2D(Artist):
    """A line that is drawn."""

    def __init__(self, axes, place):
        self._path, self._axes, self._place = "Line2D", axes, place

    def set_data(self, x, y=None):
        if y is None:
            x, y = x
        _redraw(self._axes, self._place, x, y)

    def set_xdata(self, x):
        _redraw(self._axes, self._place, x, None)

    def set_ydata(self, y):
        _redraw(self._axes, self._place, None, y)

    def set_label(self, label):
        _name_series(self._axes, [label], self._place)


class Axes(Artist):
    def __init__(self, figure, columns, place, flat=True):
        self._path, self._flat, self.figure = "ax", flat, figure
        self._id = _open_axes(figure._id, columns, place)

    def __getattr__(self, name):
        if name in _DRAWN or name == "matshow":
            return lambda *args, **options: self._draws(name, args, options)
        if name in _NOT_DRAWN or name in _ONLY_METHODS:
            return lambda *args, **options: self._skips(name)
        if name.startswith("get_") or name.startswith("_"):
            refuse(f"ax.{name}")
        return Artist(f"ax.{name}")

    def _draws(self, name, args, options):
        if not self._flat:
            return self._skips(name)
        made = [Line2D(self._id, place) for place in _draw(self._id, name, args, options)]
        if name in _SEVERAL:
            return made
        return made[0] if name in _MARKED and made else Drawn(f"ax.{name}()", self)

    def _skips(self, name):
        _skip(self._id, name)
        return Artist(f"ax.{name}()")

    def plot(self, *args, **options):
        made = self._draws("plot", args, options)
        return made if self._flat else [made]

    def hist(self, x, bins=10, range=None, density=False, weights=None, **options):
        if isinstance(x, (list, tuple)) and x and hasattr(x[0], "__len__"):
            several = list(x)
        else:
            several = [x]
        label, kept = options.pop("label", None), []
        for place, part in enumerate(several):
            values = numpy.asarray(part).ravel()
            counts, edges = numpy.histogram(values, bins=bins, range=range, density=density)
            bins = edges
            named = label[place] if isinstance(label, (list, tuple)) else label
            look = {**options, "width": numpy.diff(edges), "align": "edge", "label": named}
            flat = options.get("orientation") == "horizontal"
            if flat:
                look["height"] = look.pop("width")
            self._draws("barh" if flat else "bar", (edges[:-1], counts), look)
            kept.append(counts * 1.0)
        return kept[0] if len(kept) == 1 else kept, edges, Artist("hist()[2]")

    def clear(self):
        _clear(self._id)

    def cla(self):
        _clear(self._id)

    def set_title(self, label, **options):
        _write(self._id, "title", label)

    def set_xlabel(self, xlabel, **options):
        _write(self._id, "xlabel", xlabel)

    def set_ylabel(self, ylabel, **options):
        _write(self._id, "ylabel", ylabel)

    def set_xlim(self, left=None, right=None, **options):
        low, high = left if isinstance(left, (list, tuple)) else (left, right)
        _limit(self._id, "x", options.get("xmin", low), options.get("xmax", high))

    def set_ylim(self, bottom=None, top=None, **options):
        low, high = bottom if isinstance(bottom, (list, tuple)) else (bottom, top)
        _limit(self._id, "y", options.get("ymin", low), options.get("ymax", high))

    def set_xscale(self, value, **options):
        _scale(self._id, "x", value)

    def set_yscale(self, value, **options):
        _scale(self._id, "y", value)

    def set_xticks(self, ticks, labels=None, **options):
        _mark(self._id, "x", ticks, labels)

    def set_yticks(self, ticks, labels=None, **options):
        _mark(self._id, "y", ticks, labels)

    def set_xticklabels(self, labels, **options):
        _mark(self._id, "x", None, labels)

    def set_yticklabels(self, labels, **options):
        _mark(self._id, "y", None, labels)

    def legend(self, *args, **options):
        labels = options.get("labels", args[-1] if args else None)
        if labels is not None and all(isinstance(label, str) for label in labels):
            _name_series(self._id, list(labels))
        _flag(self._id, "legend")
        return _Legend("legend")

    def axis(self, arg=None, **options):
        if arg in ("off", False):
            _flag(self._id, "bare")
        elif arg in ("equal", "scaled", "square", "image"):
            _flag(self._id, "equal")
        elif isinstance(arg, (list, tuple)) and len(arg) == 4:
            self.set_xlim(arg[0], arg[1])
            self.set_ylim(arg[2], arg[3])

    def set_axis_off(self):
        _flag(self._id, "bare")

    def set_aspect(self, aspect, **options):
        _flag(self._id, "equal", aspect in ("equal", 1))

    def invert_yaxis(self):
        _flag(self._id, "downward")

    def set(self, **options):
        for name, value in options.items():
            pair = name in ("xlim", "ylim") and isinstance(value, (list, tuple))
            getattr(self, f"set_{name}")(*(value if pair else (value,)))


class GridSpec(Artist):
    """Places of axes in a figure. Here they stand one after the other, in the order of making."""

    def __init__(self, nrows=1, ncols=1, figure=None, **options):
        self._path = "gridspec"


class Figure(Artist):
    def __init__(self, name):
        self._path, self._id, self._name = "fig", _open_figure(), name
        self._known, self.axes = {}, []
        _figures[name] = self

    def __repr__(self):
        return "Figure(640x480)"

    def _at(self, rows, columns, place, flat=True):
        """The axes at a place, counted from 1."""
        key = (rows, columns, place)
        if key not in self._known:
            self._known[key] = made = Axes(self, columns, place, flat)
            self.axes.append(made)
        _current["figure"], _current["axes"] = self, self._known[key]
        return self._known[key]

    def add_subplot(self, *args, **options):
        flat = options.get("projection") in (None, "rectilinear") and not options.get("polar")
        if len(args) == 1 and isinstance(args[0], int) and args[0] > 99:
            args = (args[0] // 100, args[0] // 10 % 10, args[0] % 10)
        if len(args) == 3 and isinstance(args[2], int):
            return self._at(args[0], args[1], args[2], flat)
        if not args:
            return self._at(1, 1, 1, flat)
        return self._at(0, 1, len(self.axes) + 1, flat)

    def add_axes(self, *args, **options):
        return self._at(0, 1, len(self.axes) + 1)

    def gca(self):
        return _current["axes"] if _current["figure"] is self and self.axes else self._at(1, 1, 1)

    def subplots(self, nrows=1, ncols=1, squeeze=True, **options):
        other = options.get("subplot_kw") or {}
        flat = other.get("projection") is None and not other.get("polar")
        rows = [
            _Grid([self._at(nrows, ncols, i * ncols + j + 1, flat) for j in range(ncols)])
            for i in range(nrows)
        ]
        if not squeeze:
            return _Grid(rows)
        if nrows == 1 and ncols == 1:
            return rows[0][0]
        if nrows == 1:
            return rows[0]
        return _Grid([row[0] for row in rows] if ncols == 1 else rows)

    def suptitle(self, t, **options):
        _write_above(self._id, t)

    def show(self, *args, **options):
        _show(self._id, False)

    def clf(self, *args):
        for axes in self.axes:
            _clear(axes._id)
        self._known, self.axes = {}, []

    def clear(self, *args):
        self.clf()


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


def figure(num=None, **options):
    name = len(_figures) + 1 if num is None else num
    while num is None and name in _figures:
        name += 1
    found = _figures.get(name) or Figure(name)
    _current["figure"], _current["axes"] = found, found.axes[-1] if found.axes else None
    return found


def gcf():
    return _current["figure"] or figure()


def gca(**options):
    return _current["axes"] or gcf()._at(1, 1, 1)


def sca(ax):
    _current["figure"], _current["axes"] = ax.figure, ax


def subplots(nrows=1, ncols=1, squeeze=True, **options):
    made = figure(options.pop("num", None))
    return made, made.subplots(nrows, ncols, squeeze, **options)


def subplot(*args, **options):
    if len(args) == 1 and isinstance(args[0], Axes):
        return sca(args[0])
    return gcf().add_subplot(*args, **options)


def axes(*args, **options):
    return gcf().add_subplot(**options) if not args else gcf().add_axes(*args)


def subplot2grid(shape, loc, **options):
    return gcf()._at(shape[0], shape[1], loc[0] * shape[1] + loc[1] + 1)


def show(*args, **options):
    if _current["interactive"]:
        return
    for name in list(_figures):
        _show(_figures.pop(name)._id, True)
    _current["figure"] = _current["axes"] = None


def savefig(*args, **options):
    pass


def close(fig=None):
    for name, one in list(_figures.items()):
        if fig == "all" or one is (fig or _current["figure"]) or name == fig:
            _close(_figures.pop(name)._id)
    _current["figure"] = _current["axes"] = None


def clf():
    gcf().clf()
    _current["axes"] = None


def get_backend():
    return "agg"


def ion():
    _current["interactive"] = True


def ioff():
    _current["interactive"] = False


def suptitle(t, **options):
    gcf().suptitle(t)


def xticks(ticks=None, labels=None, **options):
    if ticks is not None:
        gca().set_xticks(ticks, labels)


def yticks(ticks=None, labels=None, **options):
    if ticks is not None:
        gca().set_yticks(ticks, labels)


def matshow(A, **options):
    figure()
    return _on_axes("matshow")(A, **options)


def _on_axes(name):
    """A method of the current axes, as a function."""
    return lambda *args, **options: getattr(gca(), name)(*args, **options)


# fmt: off
(
    annotate, axhline, axvline, bar, barh, contour, contourf, errorbar, fill_between, hlines,
    imshow, loglog, pcolor, pcolormesh, scatter, semilogx, semilogy, step, text, vlines,
) = map(_on_axes, _DRAWN)
(
    acorr, arrow, axhspan, axline, axvspan, barbs, bar_label, boxplot, broken_barh, cohere, csd,
    eventplot, figimage, figlegend, figtext, fill, fill_betweenx, hexbin, hist2d,
    magnitude_spectrum, pie, plot_date, polar, psd, quiver, quiverkey, specgram, spy, stackplot,
    stairs, stem, streamplot, subplot_mosaic, table, tricontour, tricontourf, tripcolor, triplot,
    twinx, twiny, violinplot, xcorr,
) = map(_on_axes, _NOT_DRAWN)
(
    axis, cla, hist, legend, plot, title, xlabel, xlim, xscale, ylabel, ylim, yscale,
) = map(_on_axes, """
    axis cla hist legend plot set_title set_xlabel set_xlim set_xscale set_ylabel set_ylim
    set_yscale
""".split())

_take = Artist("plt.…")
autoscale = box = clabel = clim = colorbar = delaxes = draw = gci = gray = grid = hot = _take
imread = imsave = inferno = jet = locator_params = magma = margins = minorticks_off = _take
minorticks_on = pause = plasma = rc = rcdefaults = sci = set_cmap = setp = spring = _take
subplots_adjust = summer = switch_backend = tick_params = ticklabel_format = _take
tight_layout = viridis = winter = xkcd = thetagrids = rgrids = connect = _take
# fmt: on
rcParams = RcParams("plt.rcParams")
cm = Artist("plt.cm")
style = Artist("plt.style")
Circle = Rectangle = Polygon = Normalize = GridSpec = Artist("plt.…")
