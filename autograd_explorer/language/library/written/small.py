"""Small parts of the standard library, each by the name of its module where names would meet."""

import fnmatch
import os
import pprint
import sys
import time


# typing


class TypedDict(dict):
    def __init_subclass__(cls, total=True):
        pass


def NewType(name, tp):
    return lambda value: value


# timeit

default_timer = time.perf_counter


def _timed(stmt, setup, timer, number, globals):
    names = {} if globals is None else globals
    if isinstance(setup, str):
        prepared(setup, names)()
    else:
        setup()
    if isinstance(stmt, str):
        stmt = prepared(stmt, names)
    start = timer()
    for _ in range(number):
        stmt()
    return timer() - start


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    return _timed(stmt, setup, timer, number, globals)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=5, number=1000000, globals=None):
    return [_timed(stmt, setup, timer, number, globals) for _ in range(repeat)]


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self._stmt, self._setup, self._timer, self._globals = stmt, setup, timer, globals

    def timeit(self, number=1000000):
        return _timed(self._stmt, self._setup, self._timer, number, self._globals)

    def repeat(self, repeat=5, number=1000000):
        return [self.timeit(number) for _ in range(repeat)]


# glob, shutil


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False):
    folder, pattern = os.path.split(str(pathname))
    if not os.path.isabs(folder) and not os.path.isdir(folder or "."):
        return []
    names = [name for name in os.listdir(folder or ".") if fnmatch.fnmatch(name, pattern)]
    return [os.path.join(folder, name) for name in names]


def rmtree(path, ignore_errors=False, onerror=None):
    if not os.path.isdir(path):
        if ignore_errors:
            return
        raise FileNotFoundError(2, "No such file or directory", str(path))
    for name in os.listdir(path):
        inner = os.path.join(str(path), name)
        if os.path.isdir(inner):
            rmtree(inner)
        else:
            os.remove(inner)
    os.rmdir(path)


def copyfile(src, dst, *, follow_symlinks=True):
    with open(src) as one, open(dst, "w") as two:
        two.write(one.read())
    return dst


# platform


def python_version():
    return sys.version.split()[0]


def system():
    return "Linux"


def processor():
    return ""


def machine():
    return "x86_64"


# threading: nothing runs beside the program


class Lock:
    def __enter__(self):
        return True

    def __exit__(self, *error):
        pass

    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass


RLock = Lock

# pprint


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True):
        self._options = {"indent": indent, "width": width, "depth": depth, "compact": compact,
                         "sort_dicts": sort_dicts}

    def pprint(self, object):
        pprint.pprint(object, **self._options)

    def pformat(self, object):
        return pprint.pformat(object, **self._options)


# string


class Template:
    def __init__(self, template):
        self.template = template

    def _filled(self, values, strict):
        found, at, text = "", 0, self.template
        while at < len(text):
            if text[at] != "$":
                found, at = found + text[at], at + 1
                continue
            end = at + 1
            braced = text[end : end + 1] == "{"
            end += braced
            start = end
            while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[start:end]
            if text[at + 1 : at + 2] == "$":
                found, at = found + "$", at + 2
                continue
            if strict or name in values:
                found, at = found + str(values[name]), end + braced
            else:
                found, at = found + text[at : end + braced], end + braced
        return found

    def substitute(self, mapping=(), /, **kws):
        return self._filled({**dict(mapping), **kws}, True)

    def safe_substitute(self, mapping=(), /, **kws):
        return self._filled({**dict(mapping), **kws}, False)


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


# contextlib, traceback


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *error):
        self.thing.close()


class AbstractContextManager:
    def __enter__(self):
        return self


# uuid

_identifiers = []


read_as = int  # which is a parameter's name in UUID


class UUID:
    """What uuid4() gives: in one run never the same twice, and drawn from no random numbers, of
    which those of the program have to stay as they are."""

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None):
        if int is not None:
            hex = f"{int:032x}"
        if hex is None or version is not None:
            refuse("uuid.UUID(…)")
        self.hex = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
        if len(self.hex) != 32:
            raise ValueError("badly formed hexadecimal UUID string")
        self.int = read_as(self.hex, 16)

    def __str__(self):
        h = self.hex
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    def __repr__(self):
        return f"UUID({str(self)!r})"

    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex

    def __hash__(self):
        return hash(self.hex)


def uuid4():
    _identifiers.append(None)
    return UUID(f"{len(_identifiers):012x}4000a{0:015x}")


uuid1 = uuid4
