"""Every word the reader sees: ja/*.toml and en/*.toml, with the same keys."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("ja", "en")

Say = Callable[..., str]


@cache
def for_page(name: str, language: str) -> Say:
    """The words of one file: say("title"), say("bad_value", key="n_in").

    Raises:  KeyError, for a language, a text or a placeholder that does not exist
    """
    words = _read(name, language)

    def say(key: str, /, **values: object) -> str:
        return words[key].format(**values) if values else words[key]

    return say


@cache
def _read(name: str, language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise KeyError(language)
    path = Path(__file__).parent / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
