"""Writes docs/api.md from the docstrings of the engine's public names: python docs/make_api.py."""

import dataclasses
import inspect
import re
import sys
from pathlib import Path
from typing import Any, get_origin

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import autograd_explorer as ax  # noqa: E402  once it is found

MOST = 90  # characters of a signature on one line
PAGE = ROOT / "docs" / "api.md"
HEAD = """# The engine's names

What `import autograd_explorer as ax` offers. This page is made from the docstrings by
`make api`; please change it there. [The README](../README.md) has examples.
"""
# Where a name lies, by the modules of its house, and under which heading it stands.
SECTIONS = {
    "Run a program": ("run", "script", "isolated", "language", "figures"),
    "Watch real Python": ("watching",),
    "What a run tells": ("records", "reach"),
    "Trace a graph": ("recording",),
    "Explain it": ("explaining",),
    "The course": ("course",),
    "Errors": ("errors",),
}


def house(value: Any) -> str:
    module = value.__module__ if callable(value) else type(value).__module__
    return str(module).split(".")[1]


def public() -> dict[str, list[str]]:
    """The names of each section, in alphabetical order."""
    found: dict[str, list[str]] = {title: [] for title in SECTIONS}
    for name in ax.__all__:
        value = getattr(ax, name)
        title = next(
            (
                title
                for title, houses in SECTIONS.items()
                if is_ours(value) and house(value) in houses
            ),
            "Explain it",
        )
        if name == "WIDTHS":  # a plain tuple, which knows no module
            title = "Trace a graph"
        found[title].append(name)
    return found


def is_ours(value: Any) -> bool:
    module = getattr(value, "__module__", None) or type(value).__module__
    return str(module).startswith("autograd_explorer.")


class Named:
    """A default value that is shown by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


def signature(value: Any) -> str:
    """As in the code; one that is long has a line for each parameter."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    parameters = [one.replace(default=shown(one.default)) for one in found.parameters.values()]
    text = short(str(found.replace(parameters=parameters)))
    if len(text) <= MOST:
        return text
    stars = [i for i, one in enumerate(parameters) if one.kind is one.KEYWORD_ONLY][:1]
    lines = [short(str(one)) for one in parameters]
    for i in stars:
        if not any(one.kind is one.VAR_POSITIONAL for one in parameters):
            lines.insert(i, "*")
    inner = "".join(f"    {line},\n" for line in lines)
    back = found.return_annotation
    told = "" if back is found.empty else short(f" -> {inspect.formatannotation(back)}")
    return f"(\n{inner}){told}"


def short(text: str) -> str:
    """Types without their modules."""
    text = re.sub(
        r"\b(?:autograd_explorer|collections|typing|torch|pathlib)(?:\.\w+)*\.(?=\w)", "", text
    )
    return text.replace("numpy.ndarray[Any, numpy.dtype[Any]]", "Array")


def shown(default: Any) -> Any:
    if isinstance(default, ax.Limits):
        return Named("DEFAULT")
    if callable(default) and not inspect.isclass(default):
        return Named("…")
    return default


def entry(name: str, value: Any) -> str:
    """A heading, and the docstring as it stands in the code."""
    parts = [f"### {name}\n"]
    if not callable(value) or get_origin(value) is not None:
        parts.append(block(f"{name} = {short(repr(value))}", "python"))
        return "\n".join(parts)
    kind = "class " if inspect.isclass(value) else ""
    is_error = kind and issubclass(value, BaseException)
    shown = "" if is_error and "__init__" not in vars(value) else signature(value)
    parts.append(block(f"{kind}{name}{shown.replace(' -> None', '') if kind else shown}", "python"))
    doc = inspect.getdoc(value) or ""
    if doc and not (dataclasses.is_dataclass(value) and doc.startswith(f"{name}(")):
        parts.append(block(doc))
    for method, function in methods(value) if kind else ():
        about = inspect.getdoc(function) or ""
        call = "" if isinstance(function, property) else signature(function)
        parts.append(f"`{name}.{method}{call.replace('self, ', '').replace('self', '')}`\n")
        parts.append(block(about))
    return "\n".join(parts)


def methods(value: Any) -> list[tuple[str, Any]]:
    """The public methods and properties of a class that say what they do."""
    found = []
    for name, member in vars(value).items():
        plain = inspect.isfunction(member) or isinstance(member, (property, classmethod))
        if not name.startswith("_") and plain and inspect.getdoc(member):
            found.append((name, member))
    return found


def block(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```\n"


def page() -> str:
    parts = [HEAD]
    for title, names in public().items():
        parts.append(f"## {title}\n")
        parts += [entry(name, getattr(ax, name)) for name in names]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
