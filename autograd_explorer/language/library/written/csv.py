"""csv: rows of text, to and from what a run writes."""

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3


class Error(Exception):
    pass


class writer:
    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"',
                 lineterminator="\r\n", quoting=QUOTE_MINIMAL):
        self._file, self._delimiter, self._quote = csvfile, delimiter, quotechar
        self._end, self._quoting = lineterminator, quoting

    def _shown(self, value):
        text = "" if value is None else str(value)
        marks = (self._delimiter, self._quote, "\n", "\r")
        number = isinstance(value, (int, float))
        quoted = self._quoting == QUOTE_ALL or (self._quoting == QUOTE_NONNUMERIC and not number)
        if quoted or any(mark in text for mark in marks):
            text = text.replace(self._quote, self._quote * 2)
            return f"{self._quote}{text}{self._quote}"
        return text

    def writerow(self, row):
        return self._file.write(self._delimiter.join([self._shown(v) for v in row]) + self._end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class reader:
    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"',
                 skipinitialspace=False):
        self._lines, self._delimiter, self._quote = iter(csvfile), delimiter, quotechar
        self._skips = skipinitialspace
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        row, cell, inside, started = [], "", False, False
        while True:
            line = next(self._lines)
            self.line_num += 1
            text = line.rstrip("\r\n") if not inside else line
            if not text and not inside:
                return []
            at = 0
            while at < len(text):
                letter = text[at]
                at += 1
                if inside:
                    if letter != self._quote:
                        cell += letter
                    elif text[at : at + 1] == self._quote:
                        cell += letter
                        at += 1
                    else:
                        inside = False
                elif letter == self._quote and not cell and not started:
                    inside = started = True
                elif letter == self._delimiter:
                    row.append(cell)
                    cell, started = "", False
                elif letter == " " and self._skips and not cell and not started:
                    pass
                else:
                    cell += letter
            if not inside:
                row.append(cell.rstrip("\r\n") if started else cell)
                return row
            cell += "" if line.endswith("\n") else "\n"


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, **options)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def writerow(self, rowdict):
        wrong = [key for key in rowdict if key not in self.fieldnames]
        if wrong and self.extrasaction == "raise":
            raise ValueError("dict contains fields not in fieldnames: "
                             + ", ".join([repr(key) for key in wrong]))
        return self.writer.writerow([rowdict.get(key, self.restval) for key in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self.reader = reader(f, dialect, **options)
        self.restkey, self.restval, self._names = restkey, restval, fieldnames

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader, None)
        return self._names

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self.restval
        return made
