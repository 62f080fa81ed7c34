"""Files and folders that exist within a run: what a program writes, it can read again.

Nothing is read from a disk and nothing is written to one. What the program has not written itself
is refused, for nobody here has the reader's files. Each function takes the Runtime as its first
argument; library/written/files.py makes Python's file objects of them.
"""

import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from autograd_explorer.errors import Refused
from autograd_explorer.language.runtime import Runtime

_MOST = 1000


def path_of(runtime: Runtime, path: Any) -> str | None:
    """A path as the run keeps it; also of a path of pathlib's and of an open file, which are
    written in the language itself. None for anything else."""
    if type(path) in runtime.classes and type(path).__name__ == "TextIOWrapper":
        path = runtime.attributes.find(path, "name")
    path = _text_of(runtime, path)
    return posixpath.normpath(path) if isinstance(path, str) else None


def _text_of(runtime: Runtime, path: Any) -> Any:
    is_path = type(path) in runtime.classes and type(path).__name__ in ("Path", "PosixPath")
    return runtime.texts.of(path) if is_path else path


def on_names(name: str) -> Callable[..., Any]:
    """os.path.join and the like, which work on the names alone."""

    def call(runtime: Runtime, *paths: Any) -> Any:
        return getattr(posixpath, name)(*[_text_of(runtime, path) for path in paths])

    call.__name__ = name
    return call


def from_here(name: str) -> Callable[..., Any]:
    """os.path.abspath and the like: a run is at the root, and at home there as well."""

    def call(runtime: Runtime, path: Any, start: Any = "/") -> Any:
        text = as_text(runtime, path)
        if name == "expanduser":
            return f"/{text[1:].lstrip('/')}" if text[:2] in ("~", "~/") else text
        here = posixpath.normpath(posixpath.join("/", text))
        if name == "relpath":
            return posixpath.relpath(here, posixpath.join("/", as_text(runtime, start)))
        return here

    call.__name__ = name
    return call


def on_several(name: str) -> Callable[..., Any]:
    """os.path.commonpath and os.path.commonprefix"""

    def call(runtime: Runtime, paths: Any) -> Any:
        items = runtime.walking.items(paths)
        return getattr(posixpath, name)([as_text(runtime, path) for path in items])

    call.__name__ = name
    return call


def walked(runtime: Runtime, top: Any, topdown: Any = True) -> Any:
    """os.walk, of what the run has written"""
    found, queue = [], [as_text(runtime, top)]
    while queue:
        folder = queue.pop(0)
        if not is_folder(runtime, folder):
            continue
        names = listed(runtime, folder)
        inside = [n for n in names if is_folder(runtime, posixpath.join(folder, n))]
        found.append((folder, inside, [name for name in names if name not in inside]))
        queue = [posixpath.join(folder, name) for name in inside] + queue
    return iter(found if topdown else found[::-1])


def as_text(runtime: Runtime, path: Any) -> str:
    """os.fspath"""
    found = _text_of(runtime, path)
    if not isinstance(found, str):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return found


def _known(runtime: Runtime, path: Any) -> str:
    found = path_of(runtime, path)
    if found is None:
        raise TypeError(f"expected str or os.PathLike object, not {type(path).__name__}")
    return found


def kept_text(runtime: Runtime, path: Any) -> str:
    """What was written under a name.

    Raises:  Refused, for what the run has not written as text
    """
    found = runtime.belongings.texts.get(_known(runtime, path))
    if found is None:
        raise Refused("name", "open")
    return found


def keep_text(runtime: Runtime, path: Any, text: Any) -> None:
    texts = runtime.belongings.texts
    runtime.budget.check_length([], len(texts) * 100_000 // _MOST)
    runtime.budget.count_plain(text)
    texts[_known(runtime, path)] = text


def exists(runtime: Runtime, path: Any) -> bool:
    return is_file(runtime, path) or is_folder(runtime, path)


def is_file(runtime: Runtime, path: Any) -> bool:
    own = runtime.belongings
    found = path_of(runtime, path)
    return found in own.texts or found in own.files


def is_folder(runtime: Runtime, path: Any) -> bool:
    return path_of(runtime, path) in (*runtime.belongings.folders, ".", "/")


def make_folder(runtime: Runtime, name: Any, mode: Any = 0o777, exist_ok: Any = True) -> None:
    """os.makedirs. A folder that is there already is no error: another run may have made it."""
    path = _known(runtime, name)
    runtime.budget.check_length([], len(runtime.belongings.folders) * 100_000 // _MOST)
    while path not in ("", "/", "."):
        runtime.belongings.folders.add(path)
        path = posixpath.dirname(path)


def listed(runtime: Runtime, path: Any = ".") -> list[str]:
    """os.listdir, of a folder that the run has made, in the order of the alphabet."""
    own, folder = runtime.belongings, _known(runtime, path)
    if folder not in (*own.folders, "", "."):
        raise Refused("name", "os.listdir")
    inside = {*own.texts, *own.files, *own.folders}
    within = (folder, "") if folder == "." else (folder,)
    return sorted(posixpath.basename(name) for name in inside if posixpath.dirname(name) in within)


def remove(runtime: Runtime, path: Any) -> None:
    own, name = runtime.belongings, _known(runtime, path)
    if name not in own.texts and name not in own.files:
        raise FileNotFoundError(2, "No such file or directory", name)
    own.texts.pop(name, None)
    own.files.pop(name, None)


def remove_folder(runtime: Runtime, path: Any) -> None:
    if listed(runtime, path):
        raise OSError(39, "Directory not empty", str(path))
    runtime.belongings.folders.discard(_known(runtime, path))


def size_in_bytes(runtime: Runtime, filename: Any) -> int:
    """os.path.getsize, of what was written as text."""
    return len(kept_text(runtime, filename).encode())


def open_file(runtime: Runtime, *args: Any, **named: Any) -> Any:
    """open(…)"""
    opened = runtime.attributes.named("io.open")
    return runtime.calls.call_value(opened, args, named)


def nobody_answers(runtime: Runtime, prompt: Any = "", /) -> str:
    """input(): as where there is no keyboard"""
    runtime.calls.call_value(runtime.library.builtins["print"], (prompt,), {"end": ""})
    raise EOFError("EOF when reading a line")


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "is_file": is_file,
    "kept_text": kept_text,
    "keep_text": keep_text,
}
