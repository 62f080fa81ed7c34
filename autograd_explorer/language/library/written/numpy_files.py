"""numpy.save, numpy.load and the like, within the run's memory."""

import os

import numpy
import torch


class _Files(dict):
    """What numpy.load gives for several arrays."""

    @property
    def files(self):
        return list(self.keys())

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def _named(file, end):
    if not (isinstance(file, str) or hasattr(file, "__fspath__")):
        return file
    name = os.fspath(file)
    return name if name.endswith(end) else name + end


def save(file, arr, allow_pickle=True):
    torch.save(numpy.array(arr), _named(file, ".npy"))


def savez(file, *args, **kwds):
    arrays = {**kwds, **{f"arr_{i}": value for i, value in enumerate(args)}}
    made = {name: numpy.array(value) for name, value in arrays.items()}
    torch.save(made, _named(file, ".npz"))


savez_compressed = savez


def load(file, mmap_mode=None, allow_pickle=False, encoding="ASCII"):
    kept = torch.load(file, weights_only=False)
    if not isinstance(kept, (dict, numpy.ndarray)):
        refuse("numpy.load")
    return _Files(kept) if isinstance(kept, dict) else kept


def _rows(fname, comments, delimiter, skip, most=None):
    """The fields of each line that is not empty, without comments."""
    if isinstance(fname, str) or hasattr(fname, "__fspath__"):
        with open(fname) as file:
            lines = file.readlines()
    else:
        lines = list(fname)
    marks = [comments] if isinstance(comments, str) else list(comments or [])
    rows = []
    for line in lines[skip:]:
        for mark in marks:
            line = line.split(mark)[0]
        if line.strip() and (most is None or len(rows) < most):
            fields = line.split(delimiter)
            rows.append([field.strip() for field in fields])
    return rows


def _chosen(rows, usecols):
    if usecols is None:
        return rows
    columns = [usecols] if isinstance(usecols, int) else list(usecols)
    return [[row[column] for column in columns] for row in rows]


def loadtxt(
    fname,
    dtype=float,
    comments="#",
    delimiter=None,
    converters=None,
    skiprows=0,
    usecols=None,
    unpack=False,
    ndmin=0,
    encoding=None,
    max_rows=None,
):
    if converters is not None or numpy.dtype(dtype).kind not in "biuf":
        refuse("numpy.loadtxt(converters=…, dtype=…)")
    rows = _chosen(_rows(fname, comments, delimiter, skiprows, max_rows), usecols)
    whole = numpy.dtype(dtype).kind in "biu"
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            words = f"the number of columns changed from {len(rows[0])} to {len(row)} at row {i + 1}"
            raise ValueError(words + "; use `usecols` to select a subset and avoid this error")
        for j, field in enumerate(row):
            try:
                row[j] = int(field) if whole else float(field)
            except ValueError:
                name = numpy.dtype(dtype).name
                words = f"could not convert string {field!r} to {name} at row {i}, column {j + 1}."
                raise ValueError(words) from None
    made = numpy.array(rows, dtype=dtype)
    if not rows:
        made = made.reshape(0, 1) if ndmin == 2 else made
    elif ndmin < 2 and 1 in made.shape:
        made = made.reshape(-1) if made.size > 1 or ndmin == 1 else made.reshape(())
    return made.T if unpack else made


def _number(field, missing):
    try:
        return float(field)
    except ValueError:
        return missing


def genfromtxt(
    fname,
    dtype=float,
    comments="#",
    delimiter=None,
    skip_header=0,
    skip_footer=0,
    usecols=None,
    filling_values=None,
    unpack=False,
    encoding=None,
    max_rows=None,
    **options,
):
    if options or dtype is None or numpy.dtype(dtype).kind != "f":
        refuse("numpy.genfromtxt(…)")
    rows = _rows(fname, comments, delimiter, skip_header, max_rows)
    rows = _chosen(rows[: len(rows) - skip_footer], usecols)
    missing = numpy.nan if filling_values is None else filling_values
    made = numpy.array([[_number(field, missing) for field in row] for row in rows], dtype=dtype)
    if 1 in made.shape:
        made = made.reshape(-1) if made.size > 1 else made.reshape(())
    return made.T if unpack else made


def savetxt(
    fname,
    X,
    fmt="%.18e",
    delimiter=" ",
    newline="\n",
    header="",
    footer="",
    comments="# ",
    encoding=None,
):
    X = numpy.asarray(X)
    if X.ndim > 2 or X.dtype.kind not in "biuf":
        refuse("numpy.savetxt(…)")
    rows = X.reshape(-1, 1) if X.ndim < 2 else X
    lines = [comments + line for line in header.split("\n")] if header else []
    for row in rows.tolist():
        formats = fmt if isinstance(fmt, (list, tuple)) else [fmt] * len(row)
        if isinstance(fmt, str) and fmt.count("%") > 1:
            lines.append(fmt % tuple(row))
        else:
            lines.append(delimiter.join([one % value for one, value in zip(formats, row)]))
    lines += [comments + line for line in footer.split("\n")] if footer else []
    text = "".join([line + newline for line in lines])
    if hasattr(fname, "write"):
        fname.write(text)
        return
    with open(fname, "w") as file:
        file.write(text)
