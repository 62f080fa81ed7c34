import ast
import re
import string
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import texts
from autograd_explorer import Limits
from autograd_explorer.course import CHOICES

FOLDER = Path(texts.__file__).parent
FILES = sorted(path.name for path in (FOLDER / "en").glob("*.toml"))


def words(language, file):
    return tomllib.loads((FOLDER / language / file).read_text(encoding="utf-8"))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_files():
    for language in texts.LANGUAGES:
        assert sorted(path.name for path in (FOLDER / language).iterdir()) == FILES


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_keys_and_placeholders(file):
    japanese, english = words("ja", file), words("en", file)

    assert list(japanese) == list(english)
    for key, text in english.items():
        assert text.strip() and japanese[key].strip()
        assert placeholders(text) == placeholders(japanese[key]), key


def spelled():
    """Every string of the code that could be a key, and a pattern for every f-string that begins
    with letters: f"cause_{name}" stands for all keys that begin with cause_."""
    root = FOLDER.parent
    folders = ("components", "pages", "autograd_explorer")
    files = [path for folder in folders for path in (root / folder).rglob("*.py")]
    keys, patterns = set(), set()
    for path in (*files, root / "app.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                keys.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
                    for part in node.values
                ]
                patterns.add("".join(parts))
        for refused in re.findall(r'Refused\(\s*"(\w+)"', path.read_text(encoding="utf-8")):
            keys.add(f"refused_{refused}")
        for kind, key in re.findall(r'"(ended|limit)", "(\w+)"', path.read_text(encoding="utf-8")):
            keys.add(f"{kind}_{key}")
    keys |= {f"limit_{field.name}" for field in fields(Limits)}
    # A dial of a lesson names its values so.
    keys |= {f"{key}_{value}" for key, dial in CHOICES.items() for value in dial.values}
    return keys, {pattern for pattern in patterns if re.match(r"[a-z]{1,}_", pattern)}


SPELLED, PATTERNS = spelled()


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_used_somewhere(file):
    unused = [
        key
        for key in words("en", file)
        if key not in SPELLED and not any(re.fullmatch(p, key) for p in PATTERNS)
    ]

    assert not unused


def test_a_missing_text_language_or_value_is_an_error():
    say = texts.for_page("explorer", "en")

    for wrong in (
        lambda: say("no such text"),
        lambda: say("why_identical", row=1),
        lambda: texts.for_page("explorer", "fr"),
    ):
        with pytest.raises(KeyError):
            wrong()
