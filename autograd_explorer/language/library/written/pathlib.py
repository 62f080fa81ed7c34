"""pathlib: paths as names. There are no files but those that torch.save has kept."""

import os


class Path:
    def __init__(self, *parts):
        found = []
        for part in parts:
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
        return Path(self._text, other)

    def __rtruediv__(self, other):
        return Path(other, self._text)

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
        return self.exists()

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        pass

    def open(self, *args, **options):
        refuse("pathlib.Path.open")

    def read_text(self, *args, **options):
        refuse("pathlib.Path.read_text")

    def write_text(self, *args, **options):
        refuse("pathlib.Path.write_text")

    def glob(self, pattern):
        refuse("pathlib.Path.glob")

    def iterdir(self):
        refuse("pathlib.Path.iterdir")

    def unlink(self, missing_ok=False):
        refuse("pathlib.Path.unlink")

    def resolve(self, strict=False):
        refuse("pathlib.Path.resolve")

    def is_dir(self):
        refuse("pathlib.Path.is_dir")


PurePath = Path
PosixPath = Path
