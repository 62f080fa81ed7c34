"""open(): files of text that exist within the run, as library/files.py keeps them."""


_writing = {}  # by its name, a file that is written: Python closes it once nobody has it any more


class TextIOWrapper:
    def __init__(self, name, mode, text):
        self.name, self.mode, self.closed = name, mode, False
        self._text, self._at = text, len(text) if "a" in mode else 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding='UTF-8'>"

    def _check(self, letters, what):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not any(letter in self.mode for letter in letters):
            raise OSError(f"not {what}")

    def read(self, size=-1):
        self._check("r+", "readable")
        rest = self._text[self._at :]
        found = rest if size is None or size < 0 else rest[:size]
        self._at += len(found)
        return found

    def readline(self):
        self._check("r+", "readable")
        end = self._text.find("\n", self._at)
        end = len(self._text) if end < 0 else end + 1
        found = self._text[self._at : end]
        self._at = end
        return found

    def readlines(self):
        return list(self)

    def write(self, text):
        self._check("wax+", "writable")
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._text = self._text[: self._at] + text + self._text[self._at + len(text) :]
        self._at += len(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        self._at = offset if whence == 0 else len(self._text) + offset
        return self._at

    def tell(self):
        return self._at

    def flush(self):
        if not self.closed and any(letter in self.mode for letter in "wax+"):
            keep_text(self.name, self._text)

    def close(self):
        if "b" not in self.mode:  # those are for torch.save, which keeps what it is given itself
            self.flush()
        self.closed = True


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
    name = str(file)
    if "b" in mode:
        return TextIOWrapper(name, mode, "")
    if name in _writing:
        _writing.pop(name).flush()
    is_new = "w" in mode or "x" in mode or ("a" in mode and not is_file(name))
    made = TextIOWrapper(name, mode, "" if is_new else kept_text(name))
    made.flush()
    if mode[0] != "r":
        _writing[name] = made
    return made
