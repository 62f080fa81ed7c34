"""torch.utils.benchmark: what is measured is the program as this app runs it, which takes longer
than it does elsewhere, so the ratios say more than the times."""

import time

import numpy as np
import torch


def _now():
    return time.perf_counter()


def _unit_of(t):
    for unit, scale in (("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3)):
        if t < 1000 * scale:
            return unit, scale
    return "s", 1


class _Task:
    def __init__(self, stmt, setup, label, sub_label, description, env, num_threads):
        self.stmt, self.setup, self.global_setup, self.env = stmt, setup, "", env
        self.label, self.sub_label, self.description = label, sub_label, description
        self.num_threads = num_threads

    @property
    def title(self):
        if self.label is not None:
            return self.label + (f": {self.sub_label}" if self.sub_label else "")
        if "\n" not in self.stmt:
            return self.stmt + (f": {self.sub_label}" if self.sub_label else "")
        lines = self.stmt.splitlines()
        return (
            f"stmt:{f' ({self.sub_label})' if self.sub_label else ''}\n"
            + "\n".join(["  " + line for line in lines])
        )

    def setup_str(self):
        if self.setup == "pass" or not self.setup:
            return ""
        if "\n" in self.setup:
            return "setup:\n" + "\n".join(["  " + line for line in self.setup.splitlines()])
        return f"setup: {self.setup}"

    def summarize(self):
        parts = [self.title, self.description or "", self.setup_str()]
        return "\n".join([part for part in parts if part])


class Measurement:
    def __init__(self, number_per_run, raw_times, task_spec, metadata=None):
        self.number_per_run, self.raw_times = number_per_run, raw_times
        self.task_spec, self.metadata = task_spec, metadata

    def __getattr__(self, name):
        return getattr(self.task_spec, name)

    @property
    def times(self):
        return [t / self.number_per_run for t in self.raw_times]

    def _quantile(self, q):
        return float(np.quantile(self.times, q))

    @property
    def median(self):
        return self._quantile(0.5)

    @property
    def mean(self):
        return sum(self.times) / len(self.times)

    @property
    def iqr(self):
        return self._quantile(0.75) - self._quantile(0.25)

    @property
    def has_warnings(self):
        return self.iqr / self.median >= 0.1

    def meets_confidence(self, threshold=0.1):
        return self.iqr / self.median < threshold

    @property
    def title(self):
        return self.task_spec.title

    @property
    def as_row_name(self):
        return self.sub_label or self.stmt or "[Unknown]"

    def __repr__(self):
        n, unit = len(self.raw_times), _unit_of(self.median)
        name, scale = unit
        several = "s" if n > 1 else ""
        lines = [
            f"<torch.utils.benchmark.utils.common.Measurement object at {hex(id(self))}>",
            self.task_spec.summarize(),
            f"  {'Median: ' if n > 1 else ''}{self.median / scale:.2f} {name}",
        ]
        if n >= 4:
            low, high = self._quantile(0.25) / scale, self._quantile(0.75) / scale
            lines.append(f"  IQR:    {self.iqr / scale:.2f} {name} ({low:.2f} to {high:.2f})")
        lines.append(
            f"  {n} measurement{several}, {self.number_per_run} runs "
            f"{'per measurement,' if n > 1 else ','} {self.num_threads} thread"
            f"{'s' if self.num_threads > 1 else ''}"
        )
        if self.has_warnings:
            words = "This could indicate system fluctuation."
            if not self.meets_confidence(0.25):
                words = "This suggests significant environmental influence."
            lines.append(
                f"  WARNING: Interquartile range is {self.iqr / self.median * 100:.1f}% "
                f"of the median measurement.\n           {words}"
            )
        return "\n".join(lines)


class Timer:
    def __init__(self, stmt="pass", setup="pass", global_setup="", timer=_now, globals=None,
                 label=None, sub_label=None, description=None, env=None, num_threads=1,
                 language="python"):
        if language not in ("py", "python") or global_setup:
            refuse("torch.utils.benchmark.Timer(language=…)")
        if not isinstance(stmt, str) or not isinstance(setup, str):
            raise ValueError("Only a `str` stmt is supported.")
        lines = stmt.strip("\n").splitlines()
        indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        stmt = "\n".join([line[min(indents):] for line in lines])
        self._spec = _Task(stmt, setup, label, sub_label, description, env, num_threads)
        self._timer, self._globals = timer, {"torch": torch, **(globals or {})}
        lines = setup.strip("\n").splitlines()
        indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
        self._setup = "\n".join([line[min(indents):] for line in lines])

    def _seconds(self, number):
        names = dict(self._globals)
        prepared(self._setup, names)()
        run = prepared(self._spec.stmt, names)
        start = self._timer()
        for _ in range(number):
            run()
        return max(self._timer() - start, 1e-9)

    def timeit(self, number=1000000):
        self._seconds(max(number // 100, 2))
        return Measurement(number, [self._seconds(number)], self._spec)

    def repeat(self, repeat=-1, number=-1):
        refuse("torch.utils.benchmark.Timer.repeat")

    def autorange(self, callback=None):
        refuse("torch.utils.benchmark.Timer.autorange")

    def blocked_autorange(self, callback=None, min_run_time=0.2):
        number = 1
        while self._seconds(number) < min_run_time / 100:
            number *= 10
        times, whole = [], 0.0
        while whole < min_run_time or len(times) < 2:
            times.append(self._seconds(number))
            whole += times[-1]
        return Measurement(number, times, self._spec)

    def adaptive_autorange(self, threshold=0.1, *, min_run_time=0.01, max_run_time=10.0,
                           callback=None):
        return self.blocked_autorange(callback, min_run_time)


class Compare:
    """The table of several measurements: a row for each task, a column for each description."""

    def __init__(self, results):
        self._results, self._trim, self._highlight = list(results), False, False

    def extend_results(self, results):
        self._results.extend(results)

    def trim_significant_figures(self):
        self._trim = True

    def colorize(self, rowwise=False):
        pass

    def highlight_warnings(self):
        self._highlight = True

    def print(self):
        print(str(self))

    def __str__(self):
        found = []
        labels = list(dict.fromkeys([m.label for m in self._results]))
        unit, scale = _unit_of(min([m.median for m in self._results]))
        for label in labels:
            found.append(self._table(label, unit, scale))
        many = max([m.num_threads for m in self._results])
        found.append(f"Times are in {_NAMES[unit]} ({unit}).\n")
        return "\n" + "\n".join(found)

    def _table(self, label, unit, scale):
        own = [m for m in self._results if m.label == label]
        columns = list(dict.fromkeys([m.description for m in own]))
        rows, last = [[""] + [str(c) if c is not None else "" for c in columns]], None
        for m in own:
            if m.num_threads != last:
                last = m.num_threads
                rows.append([f"{last} threads: "])
            name = "      " + m.as_row_name
            row = next((row for row in rows if row[0] == name and row[-1] is last), None)
            if row is None:
                row = [name] + [""] * len(columns) + [last]
                rows.append(row)
            row[1 + columns.index(m.description)] = f"{m.median / scale:.1f}"
        rows = [row[: 1 + len(columns)] for row in rows]
        wide = [max([len(row[i]) for row in rows if i < len(row)]) for i in range(1 + len(columns))]
        shown = []
        for row in rows:
            cells = [row[0].ljust(wide[0])]
            cells += [f"{cell:^{w}}" for cell, w in zip(row[1:], wide[1:])]
            shown.append("  |  ".join(cells))
        width = max([len(line) for line in shown])
        shown = [line if len(row) > 1 else line.ljust(width, "-") for line, row in zip(shown, rows)]
        return "\n".join([f"[{f' {label} ':-^{width - 2}}]", *shown])


_NAMES = {"ns": "nanoseconds", "us": "microseconds", "ms": "milliseconds", "s": "seconds"}
