"""Imports point one way: autograd_explorer, texts ← components ← pages ← app.py."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"app", "boot", "pages", "components", "autograd_explorer", "texts", "benchmarks", "tests"}
MAY_IMPORT = {
    "autograd_explorer": {"autograd_explorer"},
    "texts": {"texts"},
    "components": {"components", "autograd_explorer", "texts"},
    "pages": {"components", "autograd_explorer", "texts"},
    "benchmarks": {"benchmarks", "components", "autograd_explorer", "texts"},
}
NOT_IN_CORE = {"streamlit", "plotly", "pandas"}


def imported(path):
    """Top-level names that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_is_below_it(folder):
    files = list((ROOT / folder).rglob("*.py"))

    assert files
    for path in files:
        names = set(imported(path))
        assert names & OURS <= MAY_IMPORT[folder], path
        if folder in ("autograd_explorer", "texts"):
            assert not names & NOT_IN_CORE, path


def test_app_imports_boot_before_anything_else():
    first = next(node for node in ast.parse((ROOT / "app.py").read_text()).body[1:])

    assert isinstance(first, ast.Import)
    assert first.names[0].name == "boot"


def test_only_state_spells_the_keys_of_the_address():
    for path in (
        ROOT / "app.py",
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "components").rglob("*.py"),
    ):
        if path.name != "state.py":
            assert "query_params" not in path.read_text(encoding="utf-8"), path


def test_no_page_lies_directly_in_pages():
    """A cold server would run it without app.py, and the link's dials would be lost."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_nothing_evaluates_text_or_reflects_on_names_in_the_interpreter():
    for path in (ROOT / "autograd_explorer").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {
            "eval",
            "exec",
            "compile",
            "setattr",
            "delattr",
            "__import__",
            "globals",
            "vars",
        }
