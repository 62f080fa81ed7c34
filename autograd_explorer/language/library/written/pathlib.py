"""pathlib: paths as names. There are no files but those of the run."""

import fnmatch
import os
import types


class Path:
    def __init__(self, *parts):
        found = []
        for part in parts:
            if not isinstance(part, (str, Path)):
                kind = type(part).__name__
                raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}")
            text = str(part)
            if text.startswith("/"):
                found = [""]
            found += [piece for piece in text.split("/") if piece not in ("", ".")]
        self.parts = tuple("/" if piece == "" else piece for piece in found)
        self._text = "/".join(found) or ("/" if found else ".")

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __truediv__(self, other):
        return Path(self._text, other) if isinstance(other, (str, Path)) else NotImplemented

    def __rtruediv__(self, other):
        return Path(other, self._text) if isinstance(other, (str, Path)) else NotImplemented

    def __eq__(self, other):
        return isinstance(other, Path) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self.parts < other.parts

    @property
    def name(self):
        return self.parts[-1] if self.parts and self.parts[-1] != "/" else ""

    @property
    def suffix(self):
        dot = self.name.rfind(".")
        return self.name[dot:] if 0 < dot < len(self.name) - 1 else ""

    @property
    def stem(self):
        return self.name[: len(self.name) - len(self.suffix)]

    @property
    def parent(self):
        return Path(*self.parts[:-1]) if self.name else self

    @property
    def parents(self):
        found, at = [], self
        while at.name:
            at = at.parent
            found.append(at)
        return tuple(found)

    @property
    def suffixes(self):
        name = self.name.lstrip(".")
        return [] if name.endswith(".") else ["." + part for part in name.split(".")[1:]]

    @property
    def root(self):
        return "/" if self.is_absolute() else ""

    anchor, drive = root, ""

    def is_relative_to(self, other):
        theirs = Path(other).parts
        return self.parts[: len(theirs)] == theirs

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def joinpath(self, *others):
        return Path(self._text, *others)

    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)

    def with_name(self, name):
        return self.parent / name

    def as_posix(self):
        return self._text

    def is_absolute(self):
        return self._text.startswith("/")

    def exists(self):
        return os.path.exists(self._text)

    def is_file(self):
        return os.path.isfile(self._text)

    def is_dir(self):
        return os.path.isdir(self._text)

    def stat(self):
        return types.SimpleNamespace(st_size=os.path.getsize(self._text))

    def rename(self, target):
        Path(target).write_text(self.read_text())
        self.unlink()
        return Path(target)

    replace = rename

    def touch(self, mode=438, exist_ok=True):
        if not self.exists():
            self.write_text("")

    def rglob(self, pattern):
        found = list(self.iterdir())
        for path in found:
            if path.is_dir():
                found += path.iterdir()
        return iter([path for path in found if fnmatch.fnmatchcase(path.name, pattern)])

    def rmdir(self):
        os.rmdir(self._text)

    def expanduser(self):
        return self

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        os.makedirs(self._text)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._text, mode)

    def read_text(self, encoding=None, errors=None):
        return open(self._text).read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with open(self._text, "w") as file:
            return file.write(data)

    def unlink(self, missing_ok=False):
        if self.exists() or not missing_ok:
            os.remove(self._text)

    def iterdir(self):
        for name in os.listdir(self._text):
            yield self / name

    def glob(self, pattern):
        return iter([path for path in self.iterdir() if fnmatch.fnmatchcase(path.name, pattern)])

    def resolve(self, strict=False):
        return Path(os.getcwd(), self._text)

    absolute = resolve

    def match(self, pattern):
        return fnmatch.fnmatchcase(self.name, pattern)

    def relative_to(self, other):
        mine, theirs = self.parts, Path(other).parts
        if mine[: len(theirs)] != theirs:
            raise ValueError(f"{self._text!r} is not in the subpath of {str(other)!r}")
        return Path(*mine[len(theirs) :])

    @staticmethod
    def cwd():
        return Path(os.getcwd())


PurePath = Path
PosixPath = PurePosixPath = Path
