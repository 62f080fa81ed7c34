"""packaging.version, by which programs compare `torch.__version__` with a release."""

import operator
from typing import Any

from autograd_explorer.language.library.entry import Function, Members

try:
    from packaging.version import InvalidVersion, Version, parse
except ImportError:  # nothing else needs it
    Version = type("Version", (), {})  # type: ignore[assignment, misc]
    InvalidVersion = parse = None  # type: ignore[assignment, misc]

__all__ = ["NAMES", "TABLES", "Version"]
_ATTRIBUTES = """
    base_version dev epoch is_devrelease is_postrelease is_prerelease local major micro minor post
    pre public release
""".split()
NAMES: dict[str, Any] = {}
TABLES: dict[type, Members] = {}
if parse is not None:
    NAMES = {
        "packaging.version.InvalidVersion": Function(InvalidVersion, "class", InvalidVersion),
        "packaging.version.Version": Function(Version, "plain", Version),
        "packaging.version.parse": Function(parse, "plain"),
    }
    TABLES[Version] = Members(attributes={n: operator.attrgetter(n) for n in _ATTRIBUTES})
