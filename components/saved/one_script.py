"""The browser's modules as one script, in which each is a function that returns what it exports.

From a file on disk a browser imports no module, and the policy of a saved file allows one script
alone. The modules are written in few forms; whatever else began with `import` or `export` would be
an error here.
"""

import re
from functools import cache
from pathlib import PurePosixPath

from components.assets import STATIC

_IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|class) (\w+)", re.MULTILINE)
_DEFAULT = "export default function ("
_OTHER = re.compile(r"^(?:import|export)\b|import\.meta", re.MULTILINE)


@cache
def bundle(entry: str) -> str:
    """All that the entry, a path below static/, imports, and then the entry itself.

    Raises:  ValueError, for a form that is not known here, or modules that import one another
    """
    done: dict[str, str] = {}
    _add(entry, done, ())
    return "\n".join(['"use strict";', *done.values()])


def modules_of(entry: str) -> list[str]:
    """The paths of those modules, each after those that it imports."""
    done: dict[str, str] = {}
    _add(entry, done, ())
    return list(done)


def _add(name: str, done: dict[str, str], around: tuple[str, ...]) -> None:
    if name in around:
        raise ValueError(f"{' → '.join((*around, name))}: a circle")
    if name in done:
        return
    text = (STATIC / name).read_text(encoding="utf-8")
    wanted = []
    for whole, names, way in _IMPORT.findall(text):
        target = _resolved(name, way)
        _add(target, done, (*around, name))
        parts = " ".join(names.split()).replace(" as ", ": ")
        wanted.append(
            f"  const {{ {f'default: {whole}' if whole else parts} }} = {_as_name(target)};"
        )
    text = _IMPORT.sub("", text)
    exports = [found[1] for found in _EXPORT.findall(text)]
    text = _EXPORT.sub(r"\1 \2", text)
    if _DEFAULT in text:
        text = text.replace(_DEFAULT, "function the_default(")
        exports.append("default: the_default")
    if found := _OTHER.search(text):
        raise ValueError(f"{name}: {text[found.start() : found.start() + 60]!r}")
    inside = "\n".join([*wanted, text, f"  return {{ {', '.join(exports)} }};"])
    done[name] = f"// {name}\nconst {_as_name(name)} = (() => {{\n{inside}\n}})();"


def _resolved(name: str, way: str) -> str:
    parts = list(PurePosixPath(name).parent.parts)
    for step in PurePosixPath(way).parts:
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)


def _as_name(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".js"))
