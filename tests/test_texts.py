import string
import tomllib
from pathlib import Path

import pytest

import texts

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


@pytest.mark.parametrize("file", FILES)
def test_every_text_is_used_somewhere(file):
    root = FOLDER.parent
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("components", "pages")
        for path in root.joinpath(folder).rglob("*.py")
    ) + root.joinpath("app.py").read_text(encoding="utf-8")
    built = (
        "x_",
        "y_",
        "preset_",
        "way_",
        "page_",
        "col_",
        "example_",
        "cause_",
        "where_",
        "refused_",
        "limit_",
        "lesson_",
        "claim_",
        "mode_",
        "about_",
        "calls_",
        "clear_",
        "retain_",
        "exhibit_",
        "why_",
        "term_",
        "meaning_",
        "quiz_",
        "modes_",
        "life_",
        "leaf_",
        "museum_",
        "steps_",
        "power_",
        "vector_",
        "optimizer_",
        "rate_",
        "depth_",
        "activation_",
        "init_",
        "residual_",
        "cheaper_",
        "proofs_",
        "vectors_",
        "training_",
        "deep_",
        "control_",
        "view_",
        "head_",
        "table_",
    )  # f"x_{fill}" and the like

    unused = [
        key for key in words("en", file) if f'"{key}"' not in source and not key.startswith(built)
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
