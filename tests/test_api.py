"""docs/api.md: every public name of the engine, as its docstring tells of it now."""

import importlib.util
from pathlib import Path
from typing import get_origin

import autograd_explorer as ax

ROOT = Path(__file__).parent.parent
spec = importlib.util.spec_from_file_location("make_api", ROOT / "docs" / "make_api.py")
make_api = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_api)


def test_the_page_is_what_the_docstrings_say():
    written = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    assert written == make_api.page(), "make api writes it anew"


def test_every_public_name_stands_there_once_under_a_heading_that_was_chosen_for_it():
    found = make_api.public()

    assert sorted(name for names in found.values() for name in names) == sorted(ax.__all__)
    houses = {house for houses in make_api.SECTIONS.values() for house in houses}
    for name in ax.__all__:
        value = getattr(ax, name)
        if make_api.is_ours(value):
            assert make_api.house(value) in houses, name


def test_every_public_function_and_class_says_what_it_does():
    for name in ax.__all__:
        value = getattr(ax, name)
        if callable(value) and get_origin(value) is None:
            about = value.__doc__ or ""
            assert about and not about.startswith(f"{name}("), name


def test_nothing_on_the_page_is_true_of_one_machine_alone():
    page = make_api.page()

    assert " at 0x" not in page and str(ROOT) not in page
